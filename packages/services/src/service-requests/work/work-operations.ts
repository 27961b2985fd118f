/** What officers do in the chat: look at a request, move it, hand it on, and see what is theirs. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed, type Outcome } from '../../define-operation.ts';
import { badInput, messageReference, type RequestDesk, typedReference } from '../desk.ts';
import { lastMove, readEvent } from '../history.ts';
import { type Acting, moveRequest } from '../move.ts';
import { attachMessages, keyOf, type RequestRow } from '../records.ts';
import { standing, standingOf } from '../seen.ts';
import { transferRequest } from '../transfer.ts';
import { holderOf, readCard, workCard } from './card.ts';
import { findWork } from './officer.ts';
import { readEvidence } from './pictures.ts';

const seen = z.string().max(40).describe('As the card said it.');
const moved = standing.extend({
  seen: z.string().describe('For the next move.'),
  holder: z.string().describe('Name of the post, or the department, that has it now.'),
  expectedAt: z.iso.datetime().nullable(),
});

/** Operations on one request. */
export function workOperations(desk: RequestDesk): Operation[] {
  return [work(desk), workMove(desk), workTransfer(desk)];
}

function work(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.work',
    summary:
      'A request as its officer sees it, with the moves that are allowed now; an officer is whoever writes from the phone of a post.',
    input: z.object({
      reference: typedReference,
      event: z.union([z.uuid(), z.literal('')]).describe('As the notification matrix gives it; empty for none.'),
    }),
    output: workCard,
    badInput,
    run: async ({ reference, event }, context) => {
      const found = await findWork(desk, reference, context);
      return found.ok ? done(await readCard(desk, { ...found.value, event }, context)) : found;
    },
  });
}

function workMove(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.workMove',
    summary: 'Makes a move of the life cycle as an officer, with what the move needs.',
    input: z.object({
      reference: typedReference,
      seen,
      move: z.string().max(40),
      note: z.string().trim().max(2_000).default(''),
      reason: z.string().max(40).nullish(),
      photo: messageReference.nullish(),
      place: z
        .object({ latitude: z.number(), longitude: z.number() })
        .nullish()
        .describe('Where the officer stands with the photo.'),
    }),
    output: moved,
    badInput,
    run: ({ photo, place, reason, ...given }, context) =>
      act(desk, given, {
        context,
        make: async (acting, row) => {
          const { organizationId, now } = acting;
          const evidence = photo && (await readEvidence(context.tx, { organizationId, messageId: photo, place: place ?? null }));
          const photos = evidence ? [evidence] : [];
          const result = await moveRequest(context.tx, desk, {
            ...given,
            ...acting,
            reference: row.reference,
            reason: reason ?? undefined,
            photos,
          });
          if (result.ok) await attachMessages(context.tx, keyOf(row), { messageIds: photos.map(({ file }) => file), now });
          return result;
        },
      }),
  });
}

function workTransfer(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.workTransfer',
    summary: 'Hands a request to another department, or to the one that answers for another category; its clock goes on.',
    input: z.object({
      reference: typedReference,
      seen,
      department: z.string().max(60).nullish(),
      category: z.string().max(40).nullish(),
      note: z.string().trim().min(1).max(2_000),
    }),
    output: moved,
    badInput,
    run: ({ department, category, ...given }, context) =>
      act(desk, given, {
        context,
        make: (acting, row) => {
          const to = { department: department ?? undefined, category: category ?? undefined };
          return transferRequest(context.tx, desk, { ...given, ...acting, reference: row.reference, to });
        },
      }),
  });
}

interface Act {
  context: OperationContext;
  make: (acting: Acting, row: RequestRow) => Promise<Outcome<RequestRow>>;
}

/** Does it once, however often the turn is run, and only if nobody has moved the request since the officer saw it. */
async function act(
  desk: RequestDesk,
  given: { reference: string; seen: string },
  { context, make }: Act,
): Promise<Outcome<z.output<typeof moved>>> {
  const found = await findWork(desk, given.reference, context);
  if (!found.ok) return found;
  const { officer, row } = found.value;
  const { tx, now, subject } = context;
  const eventId = context.newId();
  if ((await readEvent(tx, keyOf(row), eventId)) !== undefined) return done(shown(desk, row, { context, eventId }));
  if (((await lastMove(tx, keyOf(row)))?.id ?? '') !== given.seen)
    return failed('service-requests:changed-meanwhile', `The request has changed meanwhile: it is ${row.status} now.`);
  const result = await make({ organizationId: subject.organizationId, actor: officer.actor, now, newId: () => eventId }, row);
  return result.ok ? done(shown(desk, result.value, { context, eventId })) : result;
}

function shown(
  desk: RequestDesk,
  row: RequestRow,
  { context, eventId }: { context: OperationContext; eventId: string },
): z.output<typeof moved> {
  const { language } = context.subject;
  return {
    ...{ ...standingOf(desk, row, language), seen: eventId, holder: holderOf(desk, row, language) },
    expectedAt: row.expected_at?.toISOString() ?? null,
  };
}
