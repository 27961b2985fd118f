/**
 * Looking requests up. The one who asked sees everything; whoever follows sees how it goes, without the other's words, photos
 * and place; whoever else has a reference learns the category and the state, no more.
 */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { BAD_REFERENCE, badInput, departmentName, NOT_FOUND, type RequestDesk, typedReference } from './desk.ts';
import { readFollowing } from './followers.ts';
import { type EventRow, listEvents, readEvent } from './history.ts';
import { countAttachments, findByReference, keyOf, listOfContact, type RequestRow } from './records.ts';
import { readReference } from './reference.ts';
import { allowed, allowedOn, eventFor, isFor, isOverdue, type Looker, seenEvent, standing, standingOf } from './seen.ts';
import { lastEvidence } from './work/pictures.ts';

const MOST_LISTED = 10;
/** Events of a card: a citizen reads the last ones on a phone. */
const MOST_EVENTS = 10;
const instant = z.iso.datetime();

const summary = standing.extend({
  own: z.boolean().describe("False for somebody else's that the citizen follows."),
  description: z.string(),
  openedAt: instant,
  expectedAt: instant.nullable(),
  overdue: z.boolean(),
});

const statusCard = standing.extend({
  own: z.boolean(),
  follows: z
    .boolean()
    .describe("Somebody else's, and the citizen hears of it. Neither: every field below is empty, null or false."),
  followers: z.number().int().describe('Citizens who follow it.'),
  categoryCode: z.string().nullable(),
  department: z.string().nullable().describe('Name of the department that answers for it.'),
  duplicateOf: z.string().nullable().describe('Reference of the request with which it was joined.'),
  description: z.string().nullable(),
  area: z.string().nullable(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  address: z.string().nullable(),
  attachments: z.number().int().nullable().describe('How many photos and documents.'),
  proof: z.object({ hash: z.string(), mimeType: z.string() }).nullable().describe('The photo with which it was closed.'),
  openedAt: instant.nullable(),
  expectedAt: instant.nullable().describe('By when it should be done, as told last; null while its clock stands still.'),
  dueAt: instant.nullable().describe('By when it should have been done first.'),
  closedAt: instant.nullable(),
  overdue: z.boolean(),
  late: z.boolean().describe('Not done by the first date.'),
  paused: z.boolean().describe('Its clock stands still.'),
  ...allowed.shape,
  rating: z.number().int().nullable(),
  events: z.array(seenEvent).describe('What happened, the last ten, newest last.'),
});

const newsCard = standing.extend({
  ...allowed.shape,
  ...seenEvent.shape,
  own: z.boolean(),
  expectedAt: instant.nullable(),
  dueAt: instant.nullable(),
  duplicateOf: z.string().nullable(),
});

type Card = z.output<typeof statusCard>;

/** Operations that read. */
export function referenceOperations(desk: RequestDesk): Operation[] {
  return [check(desk), find(desk), mine(desk), news(desk)];
}

function check({ settings }: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.check',
    summary:
      'Reads a reference as typed; the error service-requests:bad-reference says that a digit is wrong. Does not look it up.',
    input: z.object({ reference: typedReference }),
    output: z.object({ reference: z.string() }),
    badInput,
    run: async (given) => {
      const reference = readReference(settings.reference, given.reference);
      return reference === undefined ? failed(BAD_REFERENCE, 'The digits do not make a reference.') : done({ reference });
    },
  });
}

function find(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.find',
    summary:
      "The status of a request: in full for the citizen's own, how it goes for one that is followed, else category and state.",
    input: z.object({ reference: typedReference }),
    output: statusCard,
    badInput,
    run: async (given, context) => {
      const found = await look(desk, given.reference, context);
      if (!found.ok) return found;
      const { row, as, followers } = found.value;
      if (as === undefined) return done(strangersCard(desk, row, context.subject.language));
      return done(
        as === 'citizen'
          ? await ownCard(desk, { row, followers }, context)
          : await progress(desk, { row, as, followers }, context),
      );
    },
  });
}

function mine(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.mine',
    summary: "The citizen's own requests and those that the citizen follows, the latest first, ten at most.",
    input: z.object({}),
    output: z.array(summary),
    badInput,
    run: async (_, { tx, subject, now }) => {
      const rows = await listOfContact(tx, { ...subject, limit: MOST_LISTED });
      return done(
        rows.map((row) => {
          const own = row.contact_id === subject.contactId;
          return {
            ...standingOf(desk, row, subject.language),
            ...{ own, description: own ? row.description : '', openedAt: row.created_at.toISOString() },
            ...{ expectedAt: row.expected_at?.toISOString() ?? null, overdue: isOverdue(row, now) },
          };
        }),
      );
    },
  });
}

function news(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.news',
    summary: 'What somebody is told of an event: for the flow that the notification matrix opens with these inputs.',
    input: z.object({ reference: typedReference, event: z.uuid() }),
    output: newsCard,
    badInput,
    run: async (given, context) => {
      const found = await look(desk, given.reference, context);
      if (!found.ok) return found;
      const { row, as, followers } = found.value;
      const event = as && (await readEvent(context.tx, keyOf(row), given.event));
      if (as === undefined || event === undefined || !isFor(as, event))
        return failed(NOT_FOUND, 'Nothing of it is for this citizen.');
      const { subject, now } = context;
      return done({
        ...standingOf(desk, row, subject.language),
        ...allowedOn(desk, row, { as, now, followers }),
        ...eventFor(desk, row, { event: await withQuestion(context, row, event), as, language: subject.language }),
        ...{ own: as === 'citizen', ...datesOf(row), duplicateOf: row.duplicate_of },
      });
    },
  });
}

/** A reminder asks again what was asked. */
async function withQuestion({ tx }: OperationContext, row: RequestRow, event: EventRow): Promise<EventRow> {
  if (event.type !== 'citizen_reminded') return event;
  const events = await listEvents(tx, keyOf(row), MOST_EVENTS);
  return { ...event, note: events.findLast(({ state }) => state === row.status)?.note ?? null };
}

interface Looked {
  row: RequestRow;
  followers: number;
}

async function look(
  desk: RequestDesk,
  typed: string,
  { tx, subject }: OperationContext,
): Promise<Outcome<Looked & { as: Looker | undefined }>> {
  const reference = readReference(desk.settings.reference, typed);
  if (reference === undefined) return failed(BAD_REFERENCE, 'The digits do not make a reference.');
  const row = await findByReference(tx, subject.organizationId, { reference });
  if (row === undefined) return failed(NOT_FOUND, 'No request has this reference.');
  const { followers, follows } = await readFollowing(tx, row, subject.contactId);
  const as = row.contact_id === subject.contactId ? 'citizen' : follows ? 'follower' : undefined;
  return done({ row, followers, as });
}

async function ownCard(desk: RequestDesk, { row, followers }: Looked, context: OperationContext): Promise<Card> {
  return {
    ...(await progress(desk, { row, followers, as: 'citizen' }, context)),
    ...{ own: true, follows: false, description: row.description, area: row.area, address: row.address, rating: row.rating },
    place: row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
    attachments: await countAttachments(context.tx, keyOf(row)),
  };
}

/** How it goes, for everybody who hears of it. */
async function progress(
  desk: RequestDesk,
  { row, followers, as }: Looked & { as: Looker },
  { tx, subject: { language }, now }: OperationContext,
): Promise<Card> {
  const events = await listEvents(tx, keyOf(row), MOST_EVENTS);
  return {
    ...strangersCard(desk, row, language),
    ...{ follows: true, followers, categoryCode: row.service_code, duplicateOf: row.duplicate_of, overdue: isOverdue(row, now) },
    department: row.department === null ? null : departmentName(desk, row.department, language),
    ...{
      openedAt: row.created_at.toISOString(),
      ...datesOf(row),
      late: row.clock_stage === 'breached',
      paused: row.paused_at !== null,
    },
    ...{
      closedAt: row.closed_at?.toISOString() ?? null,
      proof: (row.kind === 'closed' && (await lastEvidence(tx, row))) || null,
    },
    ...allowedOn(desk, row, { as, now, followers }),
    events: events.filter((event) => isFor(as, event)).map((event) => eventFor(desk, row, { event, as, language })),
  };
}

function datesOf({ expected_at, due_at }: RequestRow): Pick<Card, 'expectedAt' | 'dueAt'> {
  return { expectedAt: expected_at?.toISOString() ?? null, dueAt: due_at?.toISOString() ?? null };
}

/** Written out field by field, so that a field added to the full card cannot slip in here. */
function strangersCard(desk: RequestDesk, row: RequestRow, language: string): Card {
  return {
    ...standingOf(desk, row, language),
    ...{
      own: false,
      follows: false,
      followers: 0,
      categoryCode: null,
      department: null,
      duplicateOf: null,
      description: null,
      area: null,
    },
    ...{
      place: null,
      address: null,
      attachments: null,
      proof: null,
      openedAt: null,
      expectedAt: null,
      dueAt: null,
      closedAt: null,
    },
    ...{ overdue: false, late: false, paused: false },
    ...{ canReopen: false, reopenUntil: null, canRate: false, canAnswer: false, canWithdraw: false, rating: null, events: [] },
  };
}
