/** What an office says of a request without moving it. Whoever the matrix of notifications names hears of it. */
import type { Tx } from '@hazir/store';
import { done, failed, type Outcome } from '../define-operation.ts';
import { actorName, moversOf } from './actor.ts';
import type { RequestDesk } from './desk.ts';
import { type Acting, findToChange, type MoveInput } from './move.ts';
import { notify } from './notifications/notify.ts';
import { recordEvent } from './record-event.ts';
import type { RequestRow } from './records.ts';

export interface NoteInput extends Pick<MoveInput, 'reference' | 'expectedVersion'> {
  note: string;
}

/** Adds a note. Fails for an unknown reference, and for an officer who does not answer for the request. */
export async function addNote(tx: Tx, desk: RequestDesk, given: NoteInput & Acting): Promise<Outcome<RequestRow>> {
  const found = await findToChange(tx, given);
  if (!found.ok) return found;
  const row = found.value;
  if (!moversOf(desk, row, given.actor).includes('department'))
    return failed('service-requests:wrong-officer', 'The request is for others to write on.');
  if (given.note.trim() === '') return failed('service-requests:note-missing', 'A note needs words.');
  return done(await recordNote(tx, desk, { row, given }));
}

/** Adds a note to a request that is locked; the request as it is now. */
export async function recordNote(
  tx: Tx,
  desk: RequestDesk,
  { row, given }: { row: RequestRow; given: Omit<Acting, 'organizationId'> & { note: string } },
): Promise<RequestRow> {
  const { actor, note, now } = given;
  const event = {
    ...{ id: given.newId(), type: 'note_added' as const, actor: actorName(actor), note, now },
    post: actor.as === 'officer' ? actor.post : undefined,
  };
  const next = await recordEvent(tx, row, { event });
  if (next === undefined) return row;
  await notify(tx, desk, { row: next, event, actor });
  return next;
}
