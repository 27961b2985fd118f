/** Looking requests up. The owner sees everything; whoever else has a reference learns the category and the status, no more. */
import { clip } from '@hazir/core';
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed } from '../define-operation.ts';
import { BAD_REFERENCE, badInput, categoryName, type Desk, keyOf, reopensUntil, requestStatus, typedReference } from './desk.ts';
import { REQUEST_EVENTS } from './life-cycle.ts';
import { findByReference, listEvents, listOfContact, type RequestRow } from './records.ts';
import { readReference } from './reference.ts';

const MOST_LISTED = 10;
/** Events of a card: a citizen reads the last ones on a phone. */
const MOST_EVENTS = 10;
/** UTF-16 units of an event's note on a card, so that ten of them still fit a conversation. */
const MOST_NOTE = 300;
const instant = z.iso.datetime();

const summary = z.object({
  reference: z.string(),
  status: requestStatus,
  category: z.string().describe('Name of the category.'),
  description: z.string(),
  openedAt: instant,
  expectedAt: instant.nullable(),
  overdue: z.boolean(),
});

const statusCard = z.object({
  reference: z.string(),
  own: z.boolean().describe("False for somebody else's: every field below category is then empty, null or false."),
  status: requestStatus,
  category: z.string().describe('Name of the category.'),
  categoryCode: z.string().nullable(),
  description: z.string().nullable(),
  area: z.string().nullable(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  address: z.string().nullable(),
  attachments: z.number().int().nullable().describe('How many photos and documents.'),
  openedAt: instant.nullable(),
  expectedAt: instant.nullable(),
  closedAt: instant.nullable(),
  overdue: z.boolean(),
  canReopen: z.boolean(),
  reopenUntil: instant.nullable(),
  canRate: z.boolean().describe('Closed and not yet rated.'),
  rating: z.number().int().nullable(),
  events: z
    .array(z.object({ type: z.enum(REQUEST_EVENTS), at: instant, note: z.string().nullable() }))
    .describe('What happened, the last ten, newest last.'),
});

/** Operations that read. */
export function referenceOperations(desk: Desk): Operation[] {
  return [check(desk), find(desk), mine(desk)];
}

function check({ settings }: Desk): Operation {
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

function find(desk: Desk): Operation {
  return defineOperation({
    name: 'serviceRequests.find',
    summary: "The status of a request: in full for the citizen's own, only category and status for another's.",
    input: z.object({ reference: typedReference }),
    output: statusCard,
    badInput,
    run: async (given, context) => {
      const reference = readReference(desk.settings.reference, given.reference);
      if (reference === undefined) return failed(BAD_REFERENCE, 'The digits do not make a reference.');
      const row = await findByReference(context.tx, context.subject.organizationId, { reference });
      if (row === undefined) return failed('service-requests:not-found', 'No request has this reference.');
      return done(
        row.contact_id === context.subject.contactId ? await fullCard(desk, row, context) : strangersCard(desk, row, context),
      );
    },
  });
}

function mine(desk: Desk): Operation {
  return defineOperation({
    name: 'serviceRequests.mine',
    summary: "The citizen's own requests, the latest first, ten at most.",
    input: z.object({}),
    output: z.array(summary),
    badInput,
    run: async (_, { tx, subject, now }) => {
      const rows = await listOfContact(tx, { ...subject, limit: MOST_LISTED });
      return done(
        rows.map((row) => ({
          reference: row.reference,
          status: row.status,
          category: categoryName(desk, row.service_code, subject.language),
          description: row.description,
          openedAt: row.created_at.toISOString(),
          expectedAt: row.expected_at?.toISOString() ?? null,
          overdue: isOverdue(row, now),
        })),
      );
    },
  });
}

async function fullCard(
  desk: Desk,
  row: RequestRow,
  { tx, subject, now }: OperationContext,
): Promise<z.output<typeof statusCard>> {
  const until = reopensUntil(desk, row);
  const events = await listEvents(tx, keyOf(row, subject), MOST_EVENTS);
  return {
    reference: row.reference,
    own: true,
    status: row.status,
    category: categoryName(desk, row.service_code, subject.language),
    categoryCode: row.service_code,
    description: row.description,
    area: row.area,
    place: row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
    address: row.address,
    attachments: row.attachments,
    openedAt: row.created_at.toISOString(),
    expectedAt: row.expected_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    overdue: isOverdue(row, now),
    canReopen: until !== undefined && now <= until,
    reopenUntil: until?.toISOString() ?? null,
    canRate: row.status === 'closed' && row.rating === null,
    rating: row.rating,
    events: events.map(({ type, happened_at, note }) => ({ type, at: happened_at.toISOString(), note: noteOf(note) })),
  };
}

/** Written out field by field, so that a field added to the full card cannot slip in here. */
function strangersCard(desk: Desk, row: RequestRow, { subject }: OperationContext): z.output<typeof statusCard> {
  return {
    reference: row.reference,
    own: false,
    status: row.status,
    category: categoryName(desk, row.service_code, subject.language),
    categoryCode: null,
    description: null,
    area: null,
    place: null,
    address: null,
    attachments: null,
    openedAt: null,
    expectedAt: null,
    closedAt: null,
    overdue: false,
    canReopen: false,
    reopenUntil: null,
    canRate: false,
    rating: null,
    events: [],
  };
}

function noteOf(note: string | null): string | null {
  return note === null || note === '' ? null : clip(note, MOST_NOTE);
}

function isOverdue({ status, expected_at }: RequestRow, now: Date): boolean {
  return status !== 'closed' && expected_at !== null && now > expected_at;
}
