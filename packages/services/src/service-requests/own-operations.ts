/** What a citizen may do with an own request: reopen, rate, add words or a photo. Each counts once, however often it is replayed. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { badInput, type Desk, findOwn, messageReference, reopensUntil, requestStatus, typedReference } from './desk.ts';
import { statusAfter } from './life-cycle.ts';
import { attachMessages, type NewEvent, type RequestKey, type RequestRow, recordEvent, setExpected } from './records.ts';

const changed = z.object({ reference: z.string(), status: requestStatus });
const note = z.string().trim().min(1).max(2_000);

interface Found {
  row: RequestRow;
  key: RequestKey;
}

/** Operations on a citizen's own requests. */
export function ownOperations(desk: Desk): Operation[] {
  return [reopen(desk), rate(desk), addNote(desk), addAttachment(desk)];
}

function reopen(desk: Desk): Operation {
  return defineOperation({
    name: 'serviceRequests.reopen',
    summary: 'Opens a closed request of the citizen again, within the time that the pack allows.',
    input: z.object({ reference: typedReference, reason: z.string().trim().max(2_000).default('') }),
    output: changed.extend({ expectedAt: z.iso.datetime().nullable() }),
    badInput,
    run: async (given, context) => {
      const found = await findOwn(desk, given.reference, context);
      if (!found.ok) return found;
      const { row, key } = found.value;
      const event = eventOf(context, { type: 'service_request_reopened', note: given.reason });
      if (!(await isReplay(context, key, event))) {
        const refusal = refuseReopening(desk, row, context.now);
        if (refusal !== undefined) return refusal;
        row.expected_at = expectedAgain(desk, row, context.now);
        await recordEvent(context.tx, key, { status: row.status, event });
        await setExpected(context.tx, key, row.expected_at);
      }
      return done({
        reference: row.reference,
        status: statusAfter(row.status, event.type),
        expectedAt: row.expected_at?.toISOString() ?? null,
      });
    },
  });
}

function rate(desk: Desk): Operation {
  return defineOperation({
    name: 'serviceRequests.rate',
    summary: 'Records how content the citizen is with a closed request, 1 to 5; a later rating replaces an earlier one.',
    input: z.object({ reference: typedReference, rating: z.number() }),
    output: changed.extend({ rating: z.number().int() }),
    badInput,
    run: async ({ reference, rating }, context) => {
      if (!Number.isInteger(rating) || rating < 1 || rating > 5)
        return failed('service-requests:bad-rating', 'A rating is a whole number from 1 to 5.');
      const found = await findOwn(desk, reference, context);
      if (!found.ok) return found;
      const { row, key } = found.value;
      if (row.status !== 'closed') return failed('service-requests:not-closed', 'Only a closed request can be rated.');
      await recordEvent(context.tx, key, {
        status: row.status,
        event: eventOf(context, { type: 'service_request_rated', rating }),
      });
      return done({ reference: row.reference, status: row.status, rating });
    },
  });
}

function addNote(desk: Desk): Operation {
  return defineOperation({
    name: 'serviceRequests.addNote',
    summary: "Adds the citizen's words to an own request.",
    input: z.object({ reference: typedReference, note }),
    output: changed,
    badInput,
    run: (given, context) =>
      addTo(desk, given.reference, { context, event: { type: 'note_added', note: given.note }, messageIds: [] }),
  });
}

function addAttachment(desk: Desk): Operation {
  return defineOperation({
    name: 'serviceRequests.addAttachment',
    summary: 'Adds a photo or document that the citizen sent to an own request.',
    input: z.object({ reference: typedReference, attachment: messageReference }),
    output: changed,
    badInput,
    run: (given, context) =>
      addTo(desk, given.reference, { context, event: { type: 'attachment_added' }, messageIds: [given.attachment] }),
  });
}

async function addTo(
  desk: Desk,
  typed: string,
  { context, event, messageIds }: { context: OperationContext; event: Pick<NewEvent, 'type' | 'note'>; messageIds: string[] },
): Promise<Outcome<z.output<typeof changed>>> {
  const found = await findOwn(desk, typed, context);
  if (!found.ok) return found;
  const { row, key }: Found = found.value;
  await attachMessages(context.tx, key, { messageIds, now: context.now });
  await recordEvent(context.tx, key, { status: row.status, event: eventOf(context, event) });
  return done({ reference: row.reference, status: statusAfter(row.status, event.type) });
}

function eventOf({ now, newId }: OperationContext, event: Pick<NewEvent, 'type' | 'note' | 'rating'>): NewEvent {
  return { id: newId(), actor: 'citizen', now, ...event };
}

async function isReplay({ tx }: OperationContext, { organizationId, contactId }: RequestKey, { id }: NewEvent): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select 1 from service_request_events where organization_id = $1 and contact_id = $2 and id = $3',
    [organizationId, contactId, id],
  );
  return rowCount === 1;
}

function refuseReopening(desk: Desk, row: RequestRow, now: Date): ReturnType<typeof failed> | undefined {
  const until = reopensUntil(desk, row);
  if (until === undefined) return failed('service-requests:not-closed', 'The request is not closed.');
  return now <= until ? undefined : failed('service-requests:reopen-late', 'The time to reopen this request has passed.');
}

/** A reopened request gets its category's time once more. */
function expectedAgain({ categories }: Desk, { service_code }: RequestRow, now: Date): Date | null {
  const hours = categories.byCode(service_code)?.expectedHours;
  return hours === undefined ? null : new Date(now.getTime() + hours * 3_600_000);
}
