/** "The same here": what somebody reports may have been reported, and one more citizen waits for it then. */
import type { Operation } from '@hazir/store';
import { z } from 'zod';
import { channelOf } from '../channel-of.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import { badInput, findTyped, type RequestDesk, sentAlong, stateCode, typedReference } from './desk.ts';
import { addFollower, readFollowing } from './followers.ts';
import { findNearby } from './nearby.ts';
import { notify } from './notifications/notify.ts';
import { placeInput } from './open.ts';
import { recordEvent } from './record-event.ts';
import { attachRoomFor, keyOf } from './records.ts';
import { standing, standingOf } from './seen.ts';

const MOST_OFFERED = 3;

const near = standing.extend({
  own: z.boolean(),
  follows: z.boolean(),
  metres: z.number().int(),
  openedAt: z.iso.datetime(),
  followers: z.number().int(),
});

/** Operations that find and follow what others have reported. */
export function followOperations(desk: RequestDesk): Operation[] {
  return [nearby(desk), follow(desk)];
}

function nearby(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.nearby',
    summary: 'Open requests of a category near a location, the nearest first, three at most; none for a PIN code or an address.',
    input: z.object({ category: z.string().max(40), place: placeInput }),
    output: z.array(near),
    badInput,
    run: async ({ category, place }, { tx, subject }) => {
      if (!place || !('latitude' in place)) return done([]);
      const where = { serviceCode: category, at: place, metres: desk.settings.nearbyMetres, limit: MOST_OFFERED };
      const found = await findNearby(tx, subject.organizationId, where);
      const shown: z.output<typeof near>[] = [];
      for (const { row, metres } of found) {
        shown.push({
          ...standingOf(desk, row, subject.language),
          ...(await readFollowing(tx, row, subject.contactId)),
          ...{ own: row.contact_id === subject.contactId, metres: Math.round(metres), openedAt: row.created_at.toISOString() },
        });
      }
      return done(shown);
    },
  });
}

function follow(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.follow',
    summary:
      'Counts the citizen as one more for whom a request of somebody else is: they hear of every step. Words and photos of theirs go with it.',
    input: z.object({
      reference: typedReference,
      note: z.string().trim().max(2_000).default(''),
      attachments: sentAlong,
    }),
    output: z.object({
      reference: z.string(),
      status: stateCode,
      followers: z.number().int(),
      expectedAt: z.iso.datetime().nullable(),
    }),
    badInput,
    run: async (given, context) => {
      const found = await findTyped(desk, given.reference, context);
      if (!found.ok) return found;
      const row = found.value;
      const { tx, subject, now, newId } = context;
      if (row.contact_id === subject.contactId)
        return failed('service-requests:own-request', "The request is the citizen's own.");
      if (row.kind === 'closed') return failed('service-requests:is-closed', 'The request is closed.');
      const { contactId, language } = subject;
      const isNew = await addFollower(tx, row, { contactId, channelId: channelOf(subject), language, now });
      if (isNew) {
        const note = given.note === '' ? undefined : given.note;
        const event = { id: newId(), type: 'service_request_followed' as const, actor: 'follower', note, now };
        await attachRoomFor(tx, keyOf(row), { messageIds: given.attachments, most: desk.settings.mostFiles, now });
        const next = await recordEvent(tx, row, { event });
        if (next !== undefined) await notify(tx, desk, { row: next, event, actor: { as: 'follower', contactId } });
      }
      const { followers } = await readFollowing(tx, row, contactId);
      const { reference, status, expected_at } = row;
      return done({ reference, status, followers, expectedAt: expected_at?.toISOString() ?? null });
    },
  });
}
