/** What flows may do with reminders: set one, look at them, take one back. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { channelOf } from '../channel-of.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import type { ReminderSettings } from './settings.ts';

const badInput = 'reminders:bad-input';
const DAY_MS = 86_400_000;
const INDIA_MS = 5.5 * 3_600_000;
const name = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,59}$/)
  .describe('What it is about, for example "second-dose": a later one takes the place of an earlier one.');
const reminder = z.object({ name: z.string(), at: z.iso.datetime() });

/** The operations of this pack's reminders. */
export function reminderOperations(settings: ReminderSettings): Operation[] {
  return [setReminder(settings), mine(), cancel()];
}

function setReminder({ flows, most, aheadDays }: ReminderSettings): Operation {
  return defineOperation({
    name: 'reminders.set',
    summary: 'Opens a flow for the citizen on a day, at a time of day in India, also when they have not written for months.',
    input: z.object({
      name,
      date: z.union([z.iso.date(), z.iso.datetime()]).describe('A date, or a moment of which the day in India counts.'),
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
        .default('09:00'),
      flow: z.string().max(60),
      inputs: z.record(z.string(), z.json()).default({}),
    }),
    output: reminder,
    badInput,
    run: async ({ name: about, date, at, flow, inputs }, context) => {
      const { tx, subject, now } = context;
      const due = new Date(`${dayOf(date)}T${at}:00+05:30`);
      if (!flows.includes(flow)) return failed(badInput, 'reminders.set: pack.yaml does not list the flow under reminders');
      if (due <= now) return failed('reminders:past', 'The moment has passed.');
      if (due.getTime() - now.getTime() > aheadDays * DAY_MS) return failed('reminders:too-far', 'The moment is too far ahead.');
      if ((await others(context, about)) >= most) return failed('reminders:too-many', 'The citizen has as many as one may have.');
      await tx.query(
        `insert into reminders (organization_id, contact_id, name, due_at, flow, inputs, channel_id) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (organization_id, contact_id, name) do update set due_at = excluded.due_at, flow = excluded.flow,
           inputs = excluded.inputs, channel_id = excluded.channel_id`,
        [subject.organizationId, subject.contactId, about, due, flow, JSON.stringify(inputs), channelOf(subject)],
      );
      return done({ name: about, at: due.toISOString() });
    },
  });
}

function mine(): Operation {
  return defineOperation({
    name: 'reminders.mine',
    summary: "The citizen's reminders to come, the next one first.",
    input: z.object({}),
    output: z.array(reminder),
    badInput,
    run: async (_given, { tx, subject }) => {
      const { rows } = await tx.query<{ name: string; due_at: Date }>(
        'select name, due_at from reminders where organization_id = $1 and contact_id = $2 order by due_at, name',
        [subject.organizationId, subject.contactId],
      );
      return done(rows.map((row) => ({ name: row.name, at: row.due_at.toISOString() })));
    },
  });
}

function cancel(): Operation {
  return defineOperation({
    name: 'reminders.cancel',
    summary: 'Takes a reminder back.',
    input: z.object({ name }),
    output: z.object({ cancelled: z.boolean().describe('False when there was none.') }),
    badInput,
    run: async ({ name: about }, { tx, subject }) => {
      const { rowCount } = await tx.query('delete from reminders where organization_id = $1 and contact_id = $2 and name = $3', [
        ...[subject.organizationId, subject.contactId, about],
      ]);
      return done({ cancelled: rowCount === 1 });
    },
  });
}

/** "2027-02-16", of a moment the day in India. */
function dayOf(date: string): string {
  return date.includes('T') ? new Date(Date.parse(date) + INDIA_MS).toISOString().slice(0, 10) : date;
}

async function others({ tx, subject }: OperationContext, about: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'select count(*)::int as count from reminders where organization_id = $1 and contact_id = $2 and name <> $3',
    [subject.organizationId, subject.contactId, about],
  );
  return rows[0]?.count ?? 0;
}
