/**
 * The states of a request and the moves between them, as data. A state is never set: a move leads there. What is generic
 * (clocks, lists, Open311's open and closed) asks for the kind of a state, never for its code.
 */
import type { Localized } from '../../data/localized.ts';

export const STATE_KINDS = ['open', 'working', 'waiting', 'closed'] as const;

export type StateKind = (typeof STATE_KINDS)[number];

/** Who makes a move: the citizen who asked, one who follows, an officer of the responsible department, any officer, Hazir itself. */
export const MOVERS = ['citizen', 'follower', 'department', 'officer', 'system'] as const;

export type Mover = (typeof MOVERS)[number];

/** Who hears of what happens. `assignee` holds the responsible post, `supervisor` the one above, `department` its head, `escalated` the post that the ladder has come to. */
export const AUDIENCES = ['citizen', 'followers', 'assignee', 'supervisor', 'department', 'escalated'] as const;

export type Audience = (typeof AUDIENCES)[number];

export interface State {
  code: string;
  kind: StateKind;
  name: Localized;
  /** The citizen is reminded so often, each time after so many hours. */
  remind: { afterHours: number; most: number } | undefined;
  /** After so many hours in this state Hazir makes this move. */
  lapse: { afterHours: number; move: string } | undefined;
}

export interface Move {
  code: string;
  /** What officers choose. */
  name: Localized;
  /** What is said of it when it has been made. */
  told: Localized;
  from: readonly string[];
  to: string;
  by: readonly Mover[];
  requires: readonly ('note' | 'reason')[];
  /** Of which one is given where a reason is required. */
  reasons: ReadonlyMap<string, Localized>;
  /** A photo as evidence: taken at most so far from the request's place, and so long ago. */
  photo: { metres: number; hours: number } | undefined;
  /** From a closed state: for so long after closing; the pack's own time when undefined. */
  withinHours: number | undefined;
  /** What the move does besides: only the function of that name makes it. */
  does: 'transfer' | 'merge' | undefined;
  tells: readonly Audience[];
}

export interface LifeCycle {
  code: string;
  /** Where a request begins. */
  start: State;
  states: ReadonlyMap<string, State>;
  moves: readonly Move[];
}

/** The state of a request; where a pack has dropped it, the first one of its kind. */
export function stateOf({ states, start }: LifeCycle, status: string, kind: StateKind): State {
  return states.get(status) ?? [...states.values()].find((state) => state.kind === kind) ?? start;
}

/** What somebody may do in a state. */
export function movesFrom({ moves }: LifeCycle, state: State, as: readonly Mover[]): Move[] {
  return moves.filter((move) => move.from.includes(state.code) && move.by.some((mover) => as.includes(mover)));
}

/** True for a move that opens again what was closed. */
export function reopens({ states }: LifeCycle, move: Move, from: State): boolean {
  return from.kind === 'closed' && states.get(move.to)?.kind !== 'closed';
}

/** The last moment at which a request that was closed then may be reopened; it still counts. */
export function reopensUntil(closedAt: Date, hours: number): Date {
  return new Date(closedAt.getTime() + hours * 3_600_000);
}
