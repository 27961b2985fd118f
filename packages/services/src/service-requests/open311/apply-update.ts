/**
 * What somebody else says of a request: it moves along its own life cycle as far as that has a way, and otherwise the words are
 * noted. Whoever asked is told either way. An update is known by its teller's own id, so that one that comes again does nothing.
 */
import { freshId, type Tx } from '@hazir/store';
import { textIn } from '../../data/localized.ts';
import { done, type Outcome } from '../../define-operation.ts';
import { currentState, lifeCycleOf, type RequestDesk } from '../desk.ts';
import type { Move, StateKind } from '../life-cycles/life-cycle.ts';
import { type Acting, findToChange, makeMove } from '../move.ts';
import { recordNote } from '../note.ts';
import type { RequestRow } from '../records.ts';

export interface ForeignUpdate {
  organizationId: number;
  reference: string;
  /** Names the teller. */
  source: string;
  /** The teller's id of this update; undefined: it is a new one each time. */
  updateId: string | undefined;
  /** What the state is to be; undefined: it stays. */
  kind: StateKind | undefined;
  note: string | undefined;
  now: Date;
}

/** Kinds of state by what Open311 servers call them: the two of the specification, and those that FixMyStreet has in use. */
const KINDS: ReadonlyMap<string, StateKind> = new Map([
  ...['open', 'reopen', 'for_triage', 'confirmed'].map((word) => [word, 'open'] as const),
  ...['in_progress', 'investigating', 'planned', 'action_scheduled'].map((word) => [word, 'working'] as const),
  ...['closed', 'fixed', 'duplicate', 'no_further_action', 'not_councils_responsibility'].map(
    (word) => [word, 'closed'] as const,
  ),
]);

/** Undefined for a word that nobody knows. */
export function kindOf(status: string): StateKind | undefined {
  return KINDS.get(status.toLowerCase().replaceAll(' ', '_'));
}

/** Resolves with the id of the event, the same one for an update that comes again. Fails for an unknown request. */
export async function applyUpdate(tx: Tx, desk: RequestDesk, update: ForeignUpdate): Promise<Outcome<{ eventId: string }>> {
  const { organizationId, reference, source, now } = update;
  const eventId = freshId(now.getTime());
  const acting: Acting = { organizationId, actor: { as: 'system', id: source }, now, newId: () => eventId };
  const found = await findToChange(tx, { reference, ...acting });
  if (!found.ok) return found;
  const row = found.value;
  const earlier = await noteOnce(tx, row, { ...update, eventId });
  if (earlier !== undefined) return done({ eventId: earlier });
  const move = moveTo(desk, row, update.kind);
  if (move !== undefined) {
    const note = update.note ?? textIn(move.told, row.language, desk.defaultLanguage);
    const moved = await makeMove(tx, desk, { row, move, given: { ...acting, reference, move: move.code, note } });
    return moved.ok ? done({ eventId }) : moved;
  }
  if (update.note !== undefined) await recordNote(tx, desk, { row, given: { ...acting, note: update.note } });
  return done({ eventId });
}

/** The id of the event that this update became when it came before. */
async function noteOnce(
  tx: Tx,
  row: RequestRow,
  { source, updateId, eventId }: ForeignUpdate & { eventId: string },
): Promise<string | undefined> {
  if (updateId === undefined) return undefined;
  const key = [row.organization_id, row.contact_id, row.id, source, updateId];
  const { rowCount } = await tx.query(
    'insert into open311_updates (organization_id, contact_id, request_id, source, update_id, event_id) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [...key, eventId],
  );
  if (rowCount === 1) return undefined;
  const { rows } = await tx.query<{ event_id: string }>(
    'select event_id from open311_updates where organization_id = $1 and contact_id = $2 and request_id = $3 and source = $4 and update_id = $5',
    key,
  );
  return rows[0]?.event_id;
}

/** The first way of the life cycle to a state of this kind that an office has and that needs no reason of its own list. */
function moveTo(desk: RequestDesk, row: RequestRow, kind: StateKind | undefined): Move | undefined {
  const [cycle, state] = [lifeCycleOf(desk, row.service_code), currentState(desk, row)];
  if (kind === undefined || kind === state.kind || (kind === 'open' && state.kind !== 'closed')) return undefined;
  return cycle.moves.find(
    ({ from, to, by, does, requires }) =>
      from.includes(state.code) &&
      cycle.states.get(to)?.kind === kind &&
      does === undefined &&
      !requires.includes('reason') &&
      (by.includes('department') || by.includes('officer') || by.includes('system')),
  );
}
