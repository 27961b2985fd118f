/** Does what an officer, or another citizen, does with a request in a conversation. */
import { fillCaptured, type OfficerAct } from '@hazir/flow';
import {
  type Acting,
  mergeRequests,
  moveRequest,
  openRequest,
  type Photo,
  type RequestDesk,
  transferRequest,
} from '@hazir/services';
import { freshId, type Tx } from '@hazir/store';
import { servicesOf } from '../setup/services-of.ts';
import type { Scene } from './act.ts';

type Done = Awaited<ReturnType<typeof moveRequest>>;

/** Performs it; returns why it cannot be done, or undefined. */
export async function actAsOfficer(scene: Scene, act: OfficerAct): Promise<string | undefined> {
  const { stage } = scene.actor;
  const desk = servicesOf(stage.pack)?.requestDesk;
  if (desk === undefined) return 'The pack has no service requests.';
  const now = new Date(stage.control.state().now);
  const actor =
    act.post === undefined ? { as: 'system' as const, id: 'test' } : { as: 'officer' as const, id: 'test', post: act.post };
  const acting = { organizationId: stage.organizationId, actor, now, newId: () => freshId(now.getTime()) };
  const result = await stage.database.transaction((tx) =>
    act.does === 'open' ? openForAnother(tx, desk, { act, acting }) : actOn(tx, desk, { scene, act, acting }),
  );
  if (!result.ok) return `The officer cannot: ${result.error.message}`;
  if (act.capture !== undefined) scene.captured = { ...scene.captured, [act.capture]: result.value.reference };
  await stage.tend();
  return undefined;
}

function actOn(
  tx: Tx,
  desk: RequestDesk,
  { scene, act, acting }: { scene: Scene; act: OfficerAct; acting: Acting },
): Promise<Done> {
  const reference = fillCaptured(act.request ?? '', scene.captured);
  const given = { reference, note: act.note, ...acting };
  if (act.does === 'transfer') return transferRequest(tx, desk, { ...given, to: act.to ?? {} });
  if (act.does === 'merge') return mergeRequests(tx, desk, { ...given, into: fillCaptured(act.into ?? '', scene.captured) });
  const photos: Photo[] = act.photo === undefined ? [] : [{ file: 'photo', ...act.photo, takenAt: acting.now }];
  return moveRequest(tx, desk, { ...given, move: act.does, reason: act.reason, photos });
}

/** Somebody else reports something. */
function openForAnother(tx: Tx, desk: RequestDesk, { act, acting }: { act: OfficerAct; acting: Acting }): Promise<Done> {
  const { organizationId, now, newId } = acting;
  const contactId = newId();
  const subject = { organizationId, contactId, conversationId: contactId, language: desk.defaultLanguage };
  const { category = '', place, area } = act.opens ?? {};
  return openRequest(
    desk,
    { category, description: '', place, area, attachments: [], attributes: {} },
    { tx, subject, now, newId, random: Math.random },
  );
}
