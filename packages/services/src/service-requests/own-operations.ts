/** What citizens do with their own requests: reopen, answer, withdraw, rate, add words or a photo. Each counts once, however often it is replayed. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { badInput, findTyped, messageReference, type RequestDesk, reopenableUntil, stateCode, typedReference } from './desk.ts';
import { readFollowing } from './followers.ts';
import { readEvent } from './history.ts';
import { AUDIENCES } from './life-cycles/life-cycle.ts';
import { makeMove } from './move.ts';
import { notify } from './notifications/notify.ts';
import { type NewEvent, recordEvent } from './record-event.ts';
import { attachMessages, countAttachments, keyOf, type RequestRow } from './records.ts';
import { findOwnMove, type Looker, type OwnMove } from './seen.ts';

const changed = z.object({ reference: z.string(), status: stateCode });
const note = z.string().trim().min(1).max(2_000);
const optionalNote = z.string().trim().max(2_000).default('');

/** Operations on a citizen's own requests. */
export function ownOperations(desk: RequestDesk): Operation[] {
  return [reopen(desk), withdraw(desk), answer(desk), rate(desk), addNote(desk), addAttachment(desk)];
}

function reopen(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.reopen',
    summary: 'Opens a closed request again that the citizen asked for or follows, within the time that the pack allows.',
    input: z.object({ reference: typedReference, reason: optionalNote }),
    output: changed.extend({ expectedAt: z.iso.datetime().nullable() }),
    badInput,
    run: async (given, context) => {
      const moved = await moveOwn(desk, { ...given, note: given.reason, wanted: 'reopen' }, context);
      return moved.ok ? done(promised(moved.value)) : moved;
    },
  });
}

function withdraw(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.withdraw',
    summary: 'Withdraws a request of the citizen that is not closed and that nobody else follows.',
    input: z.object({ reference: typedReference, reason: optionalNote }),
    output: changed,
    badInput,
    run: async (given, context) => {
      const moved = await moveOwn(desk, { ...given, note: given.reason, wanted: 'withdraw' }, context);
      return moved.ok ? done(shown(moved.value)) : moved;
    },
  });
}

function answer(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.answer',
    summary: 'Gives the answer for which a request waits, in words, with a photo, or both; work on it goes on.',
    input: z.object({ reference: typedReference, note: optionalNote, attachment: messageReference.nullish() }),
    output: changed.extend({ expectedAt: z.iso.datetime().nullable() }),
    badInput,
    run: async (given, context) => {
      const moved = await moveOwn(desk, { ...given, wanted: 'answer' }, context);
      if (!moved.ok) return moved;
      const messageIds = typeof given.attachment === 'string' ? [given.attachment] : [];
      await attachMessages(context.tx, keyOf(moved.value), { messageIds, now: context.now });
      return done(promised(moved.value));
    },
  });
}

const REFUSED: { readonly [wanted in OwnMove]: ReturnType<typeof failed> } = {
  reopen: failed('service-requests:not-closed', 'The request is not closed.'),
  withdraw: failed('service-requests:bad-move', 'The request cannot be withdrawn any more.'),
  answer: failed('service-requests:bad-move', 'The request does not wait for an answer.'),
};

async function moveOwn(
  desk: RequestDesk,
  given: { reference: string; note: string; wanted: OwnMove },
  context: OperationContext,
): Promise<Outcome<RequestRow>> {
  const found = await findHeard(desk, given.reference, context);
  if (!found.ok) return found;
  const { row, as, followers } = found.value;
  const { tx, now, subject } = context;
  const eventId = context.newId();
  if ((await readEvent(tx, keyOf(row), eventId)) !== undefined) return done(row);
  const move = findOwnMove(desk, row, { as, wanted: given.wanted });
  if (move === undefined) return REFUSED[given.wanted];
  if (given.wanted === 'withdraw' && followers > 0)
    return failed('service-requests:others-wait', 'Other citizens wait for it too.');
  const acting = {
    organizationId: subject.organizationId,
    actor: { as, contactId: subject.contactId },
    now,
    newId: () => eventId,
  };
  return makeMove(tx, desk, { row, move, given: { ...acting, reference: row.reference, move: move.code, note: given.note } });
}

function rate(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.rate',
    summary:
      'Records how content the citizen is with a closed request, 1 to 5, and why; a later rating of the one who asked replaces an earlier one.',
    input: z.object({ reference: typedReference, rating: z.number(), reasons: z.array(z.string().max(40)).max(10).default([]) }),
    output: changed.extend({ rating: z.number().int(), canReopen: z.boolean() }),
    badInput,
    run: async ({ reference, rating, reasons }, context) => {
      if (!Number.isInteger(rating) || rating < 1 || rating > 5)
        return failed('service-requests:bad-rating', 'A rating is a whole number from 1 to 5.');
      if (reasons.some((reason) => !desk.settings.ratingReasons.includes(reason)))
        return failed('service-requests:unknown-reason', 'pack.yaml has no such reason for a rating.');
      const found = await findHeard(desk, reference, context);
      if (!found.ok) return found;
      const { row, as } = found.value;
      if (row.kind !== 'closed') return failed('service-requests:not-closed', 'Only a closed request can be rated.');
      const details = reasons.length === 0 ? undefined : { reasons };
      const event = { ...eventOf(context, { type: 'service_request_rated', rating, details }), actor: as };
      // The request's own rating is that of the one who asked; what others say is in the history.
      await recordEvent(context.tx, row, { event, change: as === 'citizen' ? { rating } : {} });
      const until = reopenableUntil(desk, row, as);
      return done({ ...shown(row), rating, canReopen: until !== undefined && context.now <= until });
    },
  });
}

function addNote(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.addNote',
    summary: "Adds the citizen's words to a request that the citizen asked for or follows.",
    input: z.object({ reference: typedReference, note }),
    output: changed,
    badInput,
    run: (given, context) =>
      addTo(desk, given.reference, { context, event: { type: 'note_added', note: given.note }, messageIds: [] }),
  });
}

function addAttachment(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.addAttachment',
    summary: 'Adds a photo or document of the citizen to a request that the citizen asked for or follows.',
    input: z.object({ reference: typedReference, attachment: messageReference }),
    output: changed,
    badInput,
    run: (given, context) =>
      addTo(desk, given.reference, { context, event: { type: 'attachment_added' }, messageIds: [given.attachment] }),
  });
}

async function addTo(
  desk: RequestDesk,
  typed: string,
  { context, event, messageIds }: { context: OperationContext; event: Pick<NewEvent, 'type' | 'note'>; messageIds: string[] },
): Promise<Outcome<z.output<typeof changed>>> {
  const found = await findHeard(desk, typed, context);
  if (!found.ok) return found;
  const { row, as } = found.value;
  const { tx, now } = context;
  if (messageIds.length > 0 && (await countAttachments(tx, keyOf(row), { but: messageIds })) >= desk.settings.mostFiles)
    return failed('service-requests:too-many-files', 'The request has as many photos and documents as one may have.');
  await attachMessages(tx, keyOf(row), { messageIds, now });
  const recorded = { ...eventOf(context, event), actor: as };
  const next = await recordEvent(tx, row, { event: recorded });
  const actor = { as, contactId: context.subject.contactId };
  if (next !== undefined) await notify(tx, desk, { row: next, event: recorded, actor, tells: OFFICE });
  return done(shown(row));
}

/** Citizens' own words are for the office alone. */
const OFFICE = AUDIENCES.filter((audience) => audience !== 'citizen' && audience !== 'followers');

interface Heard {
  row: RequestRow;
  as: Looker;
  followers: number;
}

/** A request that the citizen asked for or follows, locked. Fails for anybody else's. */
async function findHeard(desk: RequestDesk, typed: string, context: OperationContext): Promise<Outcome<Heard>> {
  const found = await findTyped(desk, typed, context);
  if (!found.ok) return found;
  const row = found.value;
  const { contactId } = context.subject;
  const { followers, follows } = await readFollowing(context.tx, row, contactId);
  if (row.contact_id === contactId) return done({ row, as: 'citizen', followers });
  return follows
    ? done({ row, as: 'follower', followers })
    : failed('service-requests:not-yours', 'The request is of somebody else.');
}

function promised(row: RequestRow): z.output<typeof changed> & { expectedAt: string | null } {
  return { ...shown(row), expectedAt: row.expected_at?.toISOString() ?? null };
}

function shown({ reference, status }: RequestRow): z.output<typeof changed> {
  return { reference, status };
}

function eventOf({ now, newId }: OperationContext, event: Pick<NewEvent, 'type' | 'note' | 'rating' | 'details'>): NewEvent {
  return { id: newId(), actor: 'citizen', now, ...event };
}
