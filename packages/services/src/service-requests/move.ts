/**
 * Moves a request along its life cycle. Everything that changes a state comes through here: what a citizen taps, what an
 * officer does from a console, a command or a chat, and what Hazir does by itself. The life cycle says who may, from where,
 * and with what; the caller's transaction keeps the change, its event and whoever is to be told together.
 */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import { done, failed, type Outcome } from '../define-operation.ts';
import { type Actor, actorName, moversOf } from './actor.ts';
import { expectedMove } from './clocks/expected-move.ts';
import { movedClock } from './clocks/request-clock.ts';
import { currentState, lifeCycleOf, NOT_FOUND, type RequestDesk } from './desk.ts';
import { type Photo, refuseEvidence } from './evidence.ts';
import { type LifeCycle, type Move, reopens, reopensUntil, type State } from './life-cycles/life-cycle.ts';
import { nextLook } from './life-cycles/next-look.ts';
import { notify } from './notifications/notify.ts';
import { type RequestChange, recordEvent } from './record-event.ts';
import { findByReference, type RequestRow } from './records.ts';

/** By whom and when something is done. */
export interface Acting {
  organizationId: number;
  actor: Actor;
  now: Date;
  newId: () => string;
}

export interface MoveInput {
  /** As stored: MUM-4821-9374. */
  reference: string;
  /** Code of a move of the life cycle. */
  move: string;
  /** For whoever is told: what was done, or what is asked. */
  note?: string | undefined;
  /** Code of one of the move's reasons. */
  reason?: string | undefined;
  photos?: readonly Photo[] | undefined;
  /** What the officer saw; with another version by now, nothing is done. */
  expectedVersion?: number | undefined;
}

type Refusal = ReturnType<typeof failed>;

/** Makes a move. Fails for an unknown reference, and for what the life cycle does not allow. */
export async function moveRequest(tx: Tx, desk: RequestDesk, given: MoveInput & Acting): Promise<Outcome<RequestRow>> {
  const found = await findToChange(tx, given);
  if (!found.ok) return found;
  const move = lifeCycleOf(desk, found.value.service_code).moves.find(({ code }) => code === given.move);
  if (move === undefined) return failed('service-requests:unknown-move', `There is no move "${given.move}".`);
  if (move.does !== undefined) return failed('service-requests:unknown-move', `"${move.code}" is made by ${move.does}.`);
  return makeMove(tx, desk, { row: found.value, move, given });
}

/** Finds a request, locked, at the version that the officer saw. */
export async function findToChange(
  tx: Tx,
  { organizationId, reference, expectedVersion }: Pick<MoveInput, 'reference' | 'expectedVersion'> & Acting,
): Promise<Outcome<RequestRow>> {
  const row = await findByReference(tx, organizationId, { reference, lock: true });
  if (row === undefined) return failed(NOT_FOUND, 'No request has this reference.');
  if (expectedVersion !== undefined && expectedVersion !== row.version)
    return failed('service-requests:changed-meanwhile', `The request has changed meanwhile: it is ${row.status} now.`);
  return done(row);
}

/** Makes a move on a request that is locked; `besides` is what the move changes in addition. */
export async function makeMove(
  tx: Tx,
  desk: RequestDesk,
  { row, move, given, besides = {} }: { row: RequestRow; move: Move; given: MoveInput & Acting; besides?: Besides },
): Promise<Outcome<RequestRow>> {
  const state = currentState(desk, row);
  const refusal = refuseMove(desk, row, { move, state, given });
  if (refusal !== undefined) return refusal;
  const change = clocked(desk, row, {
    move,
    state,
    given,
    change: { ...changeOf(desk, row, { move, state, now: given.now }), ...besides.change },
  });
  const dated = change.closed_at === null ? expectedMove(row, { ...row, ...change }) : undefined;
  const { actor, note, now } = given;
  const event = {
    ...{ id: given.newId(), type: 'service_request_moved' as const, actor: actorName(actor), move: move.code, note, now },
    post: actor.as === 'officer' ? actor.post : undefined,
    details: detailsOf(given, { ...besides.details, ...dated }),
  };
  const next = await recordEvent(tx, row, { event, change });
  if (next === undefined) return done(row);
  await notify(tx, desk, { row: next, event, actor, tells: dated === undefined ? move.tells : [...move.tells, ...TOLD_DATES] });
  return done(next);
}

/** Whom a date was told hears when it moves, whatever the life cycle says of the move. */
const TOLD_DATES = ['citizen', 'followers'] as const;

interface Besides {
  change?: RequestChange;
  details?: JsonObject;
}

function refuseMove(
  desk: RequestDesk,
  row: RequestRow,
  { move, state, given }: { move: Move; state: State; given: MoveInput & Acting },
): Refusal | undefined {
  if (!move.from.includes(state.code))
    return failed('service-requests:bad-move', `A request that is ${state.code} does not ${move.code}.`);
  const movers = moversOf(desk, row, given.actor);
  if (!move.by.some((mover) => movers.includes(mover)))
    return failed('service-requests:wrong-officer', `"${move.code}" is for others to make.`);
  return refuseLate(desk, row, { move, state, now: given.now }) ?? refuseIncomplete(move, row, given);
}

function refuseLate(
  desk: RequestDesk,
  row: RequestRow,
  { move, state, now }: { move: Move; state: State; now: Date },
): Refusal | undefined {
  if (!reopens(lifeCycleOf(desk, row.service_code), move, state) || row.closed_at === null) return undefined;
  const until = reopensUntil(row.closed_at, move.withinHours ?? desk.settings.reopenHours);
  return now <= until ? undefined : failed('service-requests:reopen-late', 'The time to reopen this request has passed.');
}

function refuseIncomplete(move: Move, row: RequestRow, given: MoveInput & Acting): Refusal | undefined {
  const { note = '', reason, photos = [], now, actor } = given;
  if (move.requires.includes('note') && note.trim() === '')
    return failed('service-requests:note-missing', `"${move.code}" needs a note.`);
  if (move.requires.includes('reason') && reason === undefined)
    return failed('service-requests:reason-missing', `"${move.code}" needs a reason: ${[...move.reasons.keys()].join(', ')}.`);
  if (reason !== undefined && !move.reasons.has(reason))
    return failed('service-requests:unknown-reason', `"${move.code}" has no reason "${reason}".`);
  // Hazir itself has been nowhere: what it does is in the history under its name.
  return actor.as === 'system' ? undefined : refuseEvidence(move, row, { photos, now });
}

function changeOf(
  desk: RequestDesk,
  row: RequestRow,
  { move, state, now }: { move: Move; state: State; now: Date },
): RequestChange {
  const cycle = lifeCycleOf(desk, row.service_code);
  const to = cycle.states.get(move.to) ?? cycle.start;
  const closing = to.kind === 'closed';
  return {
    ...{ status: to.code, kind: to.kind, entered_at: now, reminders: 0, remind_at: nextLook(to, { since: now, reminders: 0 }) },
    closed_at: closing ? (row.closed_at ?? now) : null,
    ...(reopens(cycle, move, state) && reopened(row)),
  };
}

/** Nobody has rated yet what is opened again. */
function reopened(row: RequestRow): RequestChange {
  return { reopened_count: row.reopened_count + 1, rating: null, duplicate_of: null };
}

/** What a move does to the clock, added to what it changes: it is stopped, goes on, or begins once more. */
function clocked(
  desk: RequestDesk,
  row: RequestRow,
  { move, state, given, change }: { move: Move; state: State; given: MoveInput & Acting; change: RequestChange },
): RequestChange {
  const cycle = lifeCycleOf(desk, row.service_code);
  const to = cycle.states.get(move.to) ?? cycle.start;
  const moved = { to, reason: given.reason, reopened: reopens(cycle, move, state), now: given.now };
  return { ...change, ...movedClock(desk, { ...row, ...change }, moved) };
}

function detailsOf({ reason, photos = [] }: MoveInput, more: JsonObject | undefined): JsonObject | undefined {
  const details: JsonObject = {
    ...(reason !== undefined && { reason }),
    ...(photos.length > 0 && { photos: photos.map(photoJson) }),
    ...more,
  };
  return Object.keys(details).length === 0 ? undefined : details;
}

function photoJson({ file, latitude, longitude, takenAt }: Photo): JsonObject {
  return { file, latitude: latitude ?? null, longitude: longitude ?? null, takenAt: takenAt?.toISOString() ?? null };
}

/** The move of a life cycle that does more than lead to a state. */
export function moveThat({ moves }: LifeCycle, does: NonNullable<Move['does']>): Move | undefined {
  return moves.find((move) => move.does === does);
}
