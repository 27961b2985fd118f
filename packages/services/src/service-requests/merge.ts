/** Joins a request that says the same as another one: everybody hears from then on how the other one goes. */
import type { Tx } from '@hazir/store';
import { failed, type Outcome } from '../define-operation.ts';
import { actorName } from './actor.ts';
import { lifeCycleOf, NOT_FOUND, type RequestDesk } from './desk.ts';
import { copyFollowers } from './followers.ts';
import { type Acting, findToChange, type MoveInput, makeMove, moveThat } from './move.ts';
import { notify } from './notifications/notify.ts';
import { recordEvent } from './record-event.ts';
import { findByReference, type RequestRow } from './records.ts';

export interface MergeInput extends Omit<MoveInput, 'move' | 'reason' | 'photos'> {
  /** Reference of the request that stays. */
  into: string;
}

/** Merges a request into another; returns the one that is joined. */
export async function mergeRequests(tx: Tx, desk: RequestDesk, given: MergeInput & Acting): Promise<Outcome<RequestRow>> {
  const both = await findBoth(tx, given);
  if (!both.ok) return both;
  const { row, into } = both.value;
  if (row.id === into.id) return failed('service-requests:bad-merge', 'A request is not joined with itself.');
  if (into.kind === 'closed') return failed('service-requests:bad-merge', `${into.reference} is closed.`);
  const move = moveThat(lifeCycleOf(desk, row.service_code), 'merge');
  if (move === undefined) return failed('service-requests:unknown-move', 'Requests of this category are not joined.');
  const besides = { change: { duplicate_of: into.reference }, details: { into: into.reference } };
  const moved = await makeMove(tx, desk, { row, move, given: { ...given, move: move.code }, besides });
  if (!moved.ok) return moved;
  await copyFollowers(tx, { from: row, to: into, now: given.now });
  const event = {
    id: given.newId(),
    type: 'duplicate_joined' as const,
    actor: actorName(given.actor),
    details: { reference: row.reference },
  };
  const joined = await recordEvent(tx, into, { event: { ...event, now: given.now } });
  if (joined !== undefined) await notify(tx, desk, { row: joined, event, actor: given.actor });
  return moved;
}

/** Both locked, in the order of their references, so that two officers never wait for each other. */
async function findBoth(tx: Tx, given: MergeInput & Acting): Promise<Outcome<{ row: RequestRow; into: RequestRow }>> {
  const findInto = () => findByReference(tx, given.organizationId, { reference: given.into, lock: true });
  const first = given.into < given.reference ? await findInto() : undefined;
  const found = await findToChange(tx, given);
  if (!found.ok) return found;
  const into = first ?? (await findInto());
  return into === undefined
    ? failed(NOT_FOUND, `No request has the reference ${given.into}.`)
    : { ok: true, value: { row: found.value, into } };
}
