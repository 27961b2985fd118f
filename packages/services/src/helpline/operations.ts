/** What flows may do with the helpline: ask for a person, say what to expect, hear whether it helped. */
import type { Operation, OperationContext, Tx } from '@hazir/store';
import { openTicket } from '@hazir/store';
import { z } from 'zod';
import { channelOf } from '../channel-of.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import { deskOf, type Helpline } from './desk.ts';
import { type Outlook, outlookOf } from './outlook.ts';

const badInput = 'helpline:bad-input';
const MOST_SUMMARY = 500;
const MOST_MINE = 10;
const DAY_MS = 86_400_000;
const topic = z.string().max(60);
const priority = z.number().int().min(1).max(5).default(3).describe('1: somebody is in danger; 3: usual.');
const outlook = {
  desk: z.string(),
  staffed: z.boolean().describe('Somebody is there now.'),
  opensAt: z.string().describe('When the desk opens, as a moment; empty while it is open.'),
  ahead: z.number().int().describe('How many wait before.'),
  minutes: z.number().int().describe('About how long it takes; 0: nobody can say.'),
};
const own = z.object({ id: z.uuid() });

/** The operations of this pack's helpline. */
export function helplineOperations(helpline: Helpline): Operation[] {
  return [open(helpline), expect(helpline), mine(), feedback(helpline), acknowledge(), calls()];
}

function open(helpline: Helpline): Operation {
  return defineOperation({
    name: 'helpline.open',
    summary: 'Asks for a person. Whoever waits already about the same topic keeps their place; it may only become more urgent.',
    input: z.object({
      topic,
      summary: z.string().max(MOST_SUMMARY).default(''),
      priority,
      details: z.record(z.string(), z.json()).default({}),
    }),
    output: z.object({ id: z.string(), number: z.number().int(), ...outlook }),
    badInput,
    run: async ({ topic: about, summary, priority: urgency, details }, { tx, subject, now, newId }) => {
      const { organizationId, contactId } = subject;
      const [desk, channelId] = [deskOf(helpline, about), channelOf(subject)];
      if (desk === undefined || channelId === null) return failed('helpline:no-desk', 'There is no desk for this.');
      const asked = { organizationId, contactId, topic: about, summary, priority: urgency, details: JSON.stringify(details) };
      const ticket =
        (await joinOpen(tx, asked)) ??
        (await openNew(tx, { ...asked, channelId, data: details, id: newId(), openedAt: now })) ??
        (await joinOpen(tx, asked));
      if (ticket === undefined) return failed('helpline:no-desk', 'The ticket could not be opened.');
      const expected = await outlookOf(tx, { helpline, desk }, { organizationId, ...ticket }, now);
      return done({ id: ticket.id, number: ticket.number, ...expected });
    },
  });
}

function expect(helpline: Helpline): Operation {
  return defineOperation({
    name: 'helpline.outlook',
    summary: 'What whoever asks for a person now may expect.',
    input: z.object({ topic, priority }),
    output: z.object(outlook),
    badInput,
    run: async ({ topic: about, priority: urgency }, { tx, subject: { organizationId }, now }) => {
      const desk = deskOf(helpline, about);
      if (desk === undefined) return failed('helpline:no-desk', 'There is no desk for this.');
      const expected: Outlook = await outlookOf(
        tx,
        { helpline, desk },
        { organizationId, priority: urgency, openedAt: now },
        now,
      );
      return done({ ...expected });
    },
  });
}

interface OwnTicket {
  id: string;
  number: number;
  topic: string;
  priority: number;
  openedAt: Date;
  answered: boolean;
  closed: boolean;
}

const OWN = `select id, number, topic, priority, opened_at as "openedAt", assignee_id is not null as answered, closed_at is not null as closed
  from tickets where organization_id = $1 and contact_id = $2`;

function mine(): Operation {
  return defineOperation({
    name: 'helpline.mine',
    summary: 'The talks that the citizen asked for, the latest first.',
    input: z.object({}),
    output: z.array(
      own.extend({
        number: z.number().int(),
        topic: z.string(),
        state: z.enum(['waiting', 'answered', 'closed']),
        openedAt: z.iso.datetime(),
      }),
    ),
    badInput,
    run: async (_given, { tx, subject: { organizationId, contactId } }) => {
      const { rows } = await tx.query<OwnTicket>(`${OWN} order by opened_at desc, id desc limit $3`, [
        ...[organizationId, contactId, MOST_MINE],
      ]);
      return done(
        rows.map(({ id, number, topic: about, openedAt, answered, closed }) => ({
          ...{ id, number, topic: about, openedAt: openedAt.toISOString() },
          state: closed ? ('closed' as const) : answered ? ('answered' as const) : ('waiting' as const),
        })),
      );
    },
  });
}

function feedback({ reopenDays }: Helpline): Operation {
  return defineOperation({
    name: 'helpline.feedback',
    summary: 'Keeps whether the citizen got help. Whoever got none is in the queue again, before those who wait as usual.',
    input: own.extend({ answer: z.enum(['yes', 'partly', 'no']) }),
    output: z.object({ reopened: z.boolean() }),
    badInput,
    run: async ({ id, answer }, { tx, subject, now }: OperationContext) => {
      const { rows } = await tx.query<{ reopened: boolean }>(
        `update tickets set feedback = $4, version = version + 1,
                reopened = reopened + case when ${AGAIN} then 1 else 0 end,
                priority = case when ${AGAIN} then least(priority, 2) else priority end,
                closed_at = case when ${AGAIN} then null else closed_at end,
                assignee_id = case when ${AGAIN} then null else assignee_id end,
                outcome = case when ${AGAIN} then null else outcome end
          where organization_id = $1 and contact_id = $2 and id = $3
         returning closed_at is null and $4 = 'no' as reopened`,
        [subject.organizationId, subject.contactId, id, answer, new Date(now.getTime() - reopenDays * DAY_MS)],
      );
      const [row] = rows;
      return row === undefined ? failed('helpline:not-found', 'There is no such talk.') : done(row);
    },
  });
}

const AGAIN = `($4 = 'no' and closed_at > $5::timestamptz)`;

function acknowledge(): Operation {
  return defineOperation({
    name: 'helpline.acknowledge',
    summary: 'An officer on call says from their own phone that they are coming: nobody else is called for a while.',
    input: own,
    output: z.object({ number: z.number().int(), taken: z.boolean().describe('Somebody else was faster.') }),
    badInput,
    run: async ({ id }, { tx, subject: { organizationId, phone = '' }, now }) => {
      const { rows } = await tx.query<{ number: number; taken: boolean }>(
        `update tickets t set acknowledged_by = coalesce(t.acknowledged_by, a.officer_id), acknowledged_at = $4, version = t.version + 1
           from helpline_agents a where a.organization_id = t.organization_id and a.phone = $3 and t.organization_id = $1 and t.id = $2
         returning t.number, t.closed_at is not null or (t.assignee_id is not null and t.assignee_id <> a.officer_id)
            or t.acknowledged_by <> a.officer_id as taken`,
        [organizationId, id, phone.replace(/^\+/, ''), now],
      );
      const [row] = rows;
      return row === undefined
        ? failed('helpline:not-found', 'There is no such ticket, or this is no phone of an officer.')
        : done(row);
    },
  });
}

function calls(): Operation {
  return defineOperation({
    name: 'helpline.calls',
    summary: 'For an officer on their own phone: whoever is in danger and was not answered yet, the one who waits longest first.',
    input: z.object({}),
    output: z.array(own.extend({ number: z.number().int(), topic: z.string(), minutes: z.number().int() })),
    badInput,
    run: async (_given, { tx, subject: { organizationId, phone = '' }, now }) => {
      const { rows } = await tx.query<{ id: string; number: number; topic: string; minutes: number }>(
        `select t.id, t.number, t.topic, greatest(0, floor(extract(epoch from $3::timestamptz - t.opened_at) / 60))::int as minutes
           from tickets t where t.organization_id = $1 and t.priority = 1 and t.closed_at is null and t.first_answered_at is null
            and exists (select from helpline_agents a where a.organization_id = t.organization_id and a.phone = $2)
          order by t.opened_at limit $4`,
        [organizationId, phone.replace(/^\+/, ''), now, MOST_MINE],
      );
      return done(rows);
    },
  });
}

type Found = Pick<OwnTicket, 'id' | 'number' | 'priority' | 'openedAt'>;

/** Somebody who asks again keeps their place. */
async function joinOpen(
  tx: Tx,
  asked: { organizationId: number; contactId: string; topic: string; summary: string; priority: number; details: string },
): Promise<Found | undefined> {
  const { rows } = await tx.query<Found>(
    `update tickets t set priority = least(t.priority, $5::smallint), data = t.data || $6::jsonb, version = version + 1,
            summary = case when $4 <> '' and ($5::smallint < t.priority or t.summary = '') then $4 else t.summary end
      where t.organization_id = $1 and t.contact_id = $2
        and t.id = (select id from tickets where organization_id = $1 and contact_id = $2 and topic = $3 and closed_at is null
                     order by opened_at limit 1 for update)
     returning id, number, priority, opened_at as "openedAt"`,
    [asked.organizationId, asked.contactId, asked.topic, asked.summary, asked.priority, asked.details],
  );
  return rows[0];
}

async function openNew(tx: Tx, ticket: Parameters<typeof openTicket>[1]): Promise<Found | undefined> {
  await openTicket(tx, ticket);
  const { rows } = await tx.query<Found>(`${OWN} and id = $3`, [ticket.organizationId, ticket.contactId, ticket.id]);
  return rows[0];
}
