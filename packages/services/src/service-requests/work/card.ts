/**
 * A request as its officer sees it in the chat: what is to be done where, for whom by when, and which moves the life cycle
 * allows now. Who does not answer for it learns who has it, no more.
 */
import { clip } from '@hazir/core';
import type { OperationContext } from '@hazir/store';
import { z } from 'zod';
import { textIn } from '../../data/localized.ts';
import { moversOf } from '../actor.ts';
import { attributesInWords } from '../attributes.ts';
import { currentState, departmentName, lifeCycleOf, type RequestDesk } from '../desk.ts';
import { readFollowing } from '../followers.ts';
import { type EventRow, lastMove, readEvent, readOpening } from '../history.ts';
import { type Move, movesFrom } from '../life-cycles/life-cycle.ts';
import { isLate } from '../list.ts';
import { countAttachments, keyOf, type RequestRow } from '../records.ts';
import { happened, seenEvent, standing, standingOf } from '../seen.ts';
import type { Officer } from './officer.ts';
import { firstPicture } from './pictures.ts';

/** UTF-16 units of what citizens wrote, so that a card fits one bubble. */
const MOST_WORDS = 220;
/** Of an address. */
const MOST_WHERE = 120;
const instant = z.iso.datetime();

const workEvent = seenEvent.omit({ note: true }).extend({
  note: z.string().describe('What was written with it; empty for nothing.'),
  from: z.enum(['citizen', 'follower', 'office']).describe('Who did it; Hazir itself is of the office.'),
  by: z.string().describe('Name of the post that did it; empty for anybody else.'),
  own: z.boolean().describe('By this officer, here.'),
});

const workMove = z.object({
  code: z.string(),
  name: z.string().describe('What officers choose.'),
  transfers: z.boolean().describe('Made by serviceRequests.workTransfer.'),
  note: z.boolean().describe('Needs words.'),
  photo: z.boolean().describe('Needs a photo from the spot.'),
  reasons: z.array(z.object({ code: z.string(), name: z.string() })).describe('Of which it needs one; mostly none.'),
});

export const workCard = standing.extend({
  seen: z.string().describe('To be given with a move: it is refused when somebody else has moved the request meanwhile.'),
  yours: z
    .boolean()
    .describe(
      'The officer answers for it. Else only the category, the state and who has it are told; the rest is empty, null or false.',
    ),
  post: z.string().describe("Name of the officer's own post."),
  holder: z.string().describe('Name of the post, or the department, that has it now.'),
  description: z.string(),
  area: z.string(),
  address: z.string(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  attributes: z
    .array(z.object({ code: z.string(), label: z.string(), value: z.string() }))
    .describe('What else was said of it, as the category asks.'),
  picture: z.object({ hash: z.string(), mimeType: z.string() }).nullable().describe('The first photo that came with it.'),
  files: z.number().int().describe('Photos and documents.'),
  followers: z.number().int().describe('Citizens who wait for it besides the one who asked.'),
  openedAt: instant.nullable(),
  expectedAt: instant.nullable().describe('Null while the clock stands still.'),
  dueAt: instant.nullable().describe('By when it should have been done first; null while the clock stands still.'),
  overdue: z.boolean().describe('Open after that.'),
  paused: z.boolean(),
  moves: z.array(workMove).describe('What the officer may do now.'),
  last: workEvent.nullable().describe('The last move.'),
  news: workEvent.nullable().describe('The event that was asked for.'),
});

export type WorkCard = z.output<typeof workCard>;

/** The card, with the event of that id where one is named. */
export async function readCard(
  desk: RequestDesk,
  { row, officer, event = '' }: { row: RequestRow; officer: Officer; event?: string },
  context: OperationContext,
): Promise<WorkCard> {
  const { tx, subject, now } = context;
  const last = await lastMove(tx, keyOf(row));
  const empty = emptyCard(desk, { row, officer, seen: last?.id ?? '' }, subject.language);
  const movers = moversOf(desk, row, officer.actor);
  if (!movers.includes('department')) return empty;
  const news = event === '' ? undefined : await readEvent(tx, keyOf(row), event);
  const eventOf = (one: EventRow | undefined) =>
    one === undefined ? null : readWorkEvent(desk, row, { event: one, officer, context });
  const moves = movesFrom(lifeCycleOf(desk, row.service_code), currentState(desk, row), movers);
  return {
    ...empty,
    yours: true,
    ...{ description: clip(row.description, MOST_WORDS), area: row.area ?? '', address: clip(row.address ?? '', MOST_WHERE) },
    place: row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
    attributes: await readAttributes(desk, row, context),
    picture: (await firstPicture(tx, row)) ?? null,
    files: await countAttachments(tx, keyOf(row)),
    followers: (await readFollowing(tx, row, subject.contactId)).followers,
    openedAt: row.created_at.toISOString(),
    ...{ expectedAt: row.expected_at?.toISOString() ?? null, dueAt: row.due_at?.toISOString() ?? null },
    ...{ overdue: isLate(row, now), paused: row.paused_at !== null },
    moves: moves.filter(({ does }) => does !== 'merge').map((move) => moveOf(desk, move, subject.language)),
    ...{ last: eventOf(last), news: eventOf(news) },
  };
}

/** Written out field by field, so that a field added to the full card cannot slip in here. */
function emptyCard(
  desk: RequestDesk,
  { row, officer, seen }: { row: RequestRow; officer: Officer; seen: string },
  language: string,
): WorkCard {
  return {
    ...standingOf(desk, row, language),
    ...{ seen, yours: false, post: nameOf(desk, officer.post.code, language), holder: holderOf(desk, row, language) },
    ...{ description: '', area: '', address: '', place: null, attributes: [], picture: null, files: 0, followers: 0 },
    ...{ openedAt: null, expectedAt: null, dueAt: null, overdue: false, paused: false, moves: [], last: null, news: null },
  };
}

async function readAttributes(
  { categories, defaultLanguage }: RequestDesk,
  row: RequestRow,
  { tx, subject }: OperationContext,
): Promise<WorkCard['attributes']> {
  const opening = await readOpening(tx, keyOf(row));
  const said = attributesInWords(categories.byCode(row.service_code)?.attributes ?? [], opening?.details ?? undefined, [
    subject.language,
    defaultLanguage,
  ]);
  return said.map((one) => ({ ...one, value: clip(one.value, MOST_WHERE) }));
}

function moveOf(desk: RequestDesk, move: Move, language: string): z.output<typeof workMove> {
  const reasons = move.requires.includes('reason') ? [...move.reasons] : [];
  return {
    ...{ code: move.code, name: textIn(move.name, language, desk.defaultLanguage), transfers: move.does === 'transfer' },
    ...{ note: move.requires.includes('note'), photo: move.photo !== undefined },
    reasons: reasons.map(([code, name]) => ({ code, name: textIn(name, language, desk.defaultLanguage) })),
  };
}

function readWorkEvent(
  desk: RequestDesk,
  row: RequestRow,
  { event, officer, context }: { event: EventRow; officer: Officer; context: OperationContext },
): z.output<typeof workEvent> {
  const { language } = context.subject;
  return {
    ...happened(desk, row, { event, language }),
    note: clip(event.note ?? '', MOST_WORDS),
    from: event.actor === 'citizen' || event.actor === 'follower' ? event.actor : 'office',
    ...{ by: nameOf(desk, event.post, language), own: event.actor === officer.actor.id },
  };
}

/** The post that has a request; where no post was found, the department. */
export function holderOf(desk: RequestDesk, { post, department }: RequestRow, language: string): string {
  return nameOf(desk, post, language) || (department === null ? '' : departmentName(desk, department, language));
}

function nameOf({ responsibility, defaultLanguage }: RequestDesk, code: string | null, language: string): string {
  const post = responsibility.posts.get(code ?? '');
  return post === undefined ? '' : textIn(post.name, language, defaultLanguage);
}
