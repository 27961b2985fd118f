/** What a citizen sees of a request, and may do with it: as the one who asked, or as one who follows. */
import { clip, property, textProperty } from '@hazir/core';
import { z } from 'zod';
import { textIn } from '../data/localized.ts';
import {
  categoryName,
  currentState,
  departmentName,
  lifeCycleOf,
  type RequestDesk,
  reopenableUntil,
  stateCode,
  stateKind,
} from './desk.ts';
import type { EventRow } from './history.ts';
import { type Move, movesFrom, reopens, STATE_KINDS } from './life-cycles/life-cycle.ts';
import type { RequestRow } from './records.ts';
import { REQUEST_EVENTS, type RequestEvent } from './request-events.ts';

const instant = z.iso.datetime();
/** UTF-16 units of an event's note on a card, so that ten of them still fit a conversation. */
const MOST_NOTE = 300;

/** Where a request stands. */
export const standing = z.object({
  reference: z.string(),
  status: stateCode,
  kind: stateKind.describe('What the state is: open, working, waiting or closed.'),
  stateName: z.string().describe("The state in the citizen's language."),
  category: z.string().describe('Name of the category.'),
});

/** What a citizen may do now. */
export const allowed = z.object({
  canReopen: z.boolean(),
  reopenUntil: instant.nullable(),
  canRate: z.boolean().describe('Closed after work, own, and not yet rated.'),
  canAnswer: z.boolean().describe('The office waits for an answer.'),
  canWithdraw: z.boolean(),
});

/** One thing that happened. */
export const seenEvent = z.object({
  type: z.enum(REQUEST_EVENTS),
  at: instant,
  move: z.string().nullable(),
  ledTo: z.enum([...STATE_KINDS, 'none']).describe('Kind of the state that it led to; "none" where it led to none.'),
  said: z
    .string()
    .describe('What a move is called when it was made, and to whom a request was escalated; empty for anything else.'),
  note: z.string().nullable(),
  /** What had been promised before, and what is now; both null when the event moved no date. */
  expectedWas: instant.nullable(),
  expectedNow: instant.nullable(),
});

/** As what somebody looks at a request. */
export type Looker = 'citizen' | 'follower';

export function standingOf(desk: RequestDesk, row: RequestRow, language: string): z.output<typeof standing> {
  const state = currentState(desk, row);
  return {
    ...{ reference: row.reference, status: row.status, kind: row.kind },
    stateName: textIn(state.name, language, desk.defaultLanguage),
    category: categoryName(desk, row.service_code, language),
  };
}

export function allowedOn(
  desk: RequestDesk,
  row: RequestRow,
  { as, now, followers }: { as: Looker; now: Date; followers: number },
): z.output<typeof allowed> {
  const until = reopenableUntil(desk, row, as);
  const canReopen = until !== undefined && now <= until;
  return {
    canReopen,
    reopenUntil: until?.toISOString() ?? null,
    canRate: as === 'citizen' && until !== undefined && row.rating === null,
    canAnswer: findOwnMove(desk, row, { as, wanted: 'answer' }) !== undefined,
    canWithdraw: followers === 0 && findOwnMove(desk, row, { as, wanted: 'withdraw' }) !== undefined,
  };
}

/** What citizens do with a request, as the life cycle has it: a move is known by the kinds of state that it joins, not by its name. */
export type OwnMove = 'reopen' | 'answer' | 'withdraw';

export function findOwnMove(
  desk: RequestDesk,
  row: RequestRow,
  { as, wanted }: { as: Looker; wanted: OwnMove },
): Move | undefined {
  const [cycle, state] = [lifeCycleOf(desk, row.service_code), currentState(desk, row)];
  const closes = (move: Move) => cycle.states.get(move.to)?.kind === 'closed';
  return movesFrom(cycle, state, [as]).find((move) => {
    if (wanted === 'reopen') return reopens(cycle, move, state);
    return state.kind !== 'closed' && (wanted === 'withdraw' ? closes(move) : state.kind === 'waiting' && !closes(move));
  });
}

/** A citizen's own words are for those who asked and for officers: whoever follows sees what offices wrote. */
export function eventFor(
  desk: RequestDesk,
  row: RequestRow,
  { event, as, language }: { event: EventRow; as: Looker; language: string },
): z.output<typeof seenEvent> {
  return {
    ...happened(desk, row, { event, language }),
    note: event.actor === 'follower' || (as === 'follower' && event.actor === 'citizen') ? null : noteOf(event.note),
  };
}

/** What happened, in words: everything but the note, which is not for everybody. */
export function happened(
  desk: RequestDesk,
  row: RequestRow,
  { event, language }: { event: EventRow; language: string },
): Omit<z.output<typeof seenEvent>, 'note'> {
  const cycle = lifeCycleOf(desk, row.service_code);
  const move = event.move === null ? undefined : cycle.moves.find(({ code }) => code === event.move);
  const state = event.state === null ? undefined : cycle.states.get(event.state);
  const post = desk.responsibility.posts.get(textProperty(event.details, 'post') ?? '');
  const said = move?.told ?? (event.move === null ? post?.name : state?.name);
  return {
    ...{ type: event.type, at: event.happened_at.toISOString(), move: event.move, ledTo: state?.kind ?? 'none' },
    said: said === undefined ? '' : withDepartment(desk, event, { said: textIn(said, language, desk.defaultLanguage), language }),
    ...{ expectedWas: dateIn(event, 'expectedWas'), expectedNow: dateIn(event, 'expectedAt') },
  };
}

/** A transfer is told with the office that has it now. */
function withDepartment(
  desk: RequestDesk,
  { details }: EventRow,
  { said, language }: { said: string; language: string },
): string {
  const department = textProperty(property(details, 'to'), 'department');
  return department === undefined ? said : `${said}: ${departmentName(desk, department, language)}`;
}

function dateIn({ details }: EventRow, name: string): string | null {
  return textProperty(details, name) ?? null;
}

export function noteOf(note: string | null): string | null {
  return note === null || note === '' ? null : clip(note, MOST_NOTE);
}

/** What one of them tells the office is not for the others: neither the words of who asked nor those of who follows. */
export function isFor(as: Looker, { type, actor }: EventRow): boolean {
  return FOLLOWED.includes(type) || (as === 'citizen' && actor !== 'follower' && !INTERNAL.includes(type));
}

const FOLLOWED: readonly RequestEvent[] = [
  'service_request_opened',
  'service_request_moved',
  'service_request_followed',
  'duplicate_joined',
  'due_date_passed',
  'service_request_escalated',
  'expected_date_moved',
];

/** Between officers. */
const INTERNAL: readonly RequestEvent[] = ['due_date_neared', 'due_date_reached'];

export function isOverdue({ closed_at, expected_at }: RequestRow, now: Date): boolean {
  return closed_at === null && expected_at !== null && now > expected_at;
}
