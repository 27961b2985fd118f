/**
 * Doses: what a person has had, counted from the appointments to which they came, and from when the next one may be. Which kind has
 * how many doses, and how far apart, is the pack's; a kind of which it says nothing has no doses.
 */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed } from '../define-operation.ts';
import { badInput, type Desk } from './desk.ts';
import type { Person } from './eligibility.ts';
import { DAY, dateOf, dayIn, later } from './times.ts';

export interface DoseHistory {
  person: string;
  kind: string;
  taken: number;
  /** Of the latest dose. */
  last: string;
  /** Number and first date of the next one; undefined when there is none to come. */
  next: { dose: number; from: string } | undefined;
}

/** A person with what they have had. */
export type PersonWithDoses = Person & { history?: DoseHistory | undefined };

const doseShape = z.object({
  person: z.string(),
  kind: z.string(),
  taken: z.number().int(),
  of: z.number().int().describe('How many there are of this kind.'),
  last: z.string().describe('Date of the latest.'),
  next: z.number().int().nullable().describe('Number of the next dose; null when there is none.'),
  from: z.string().nullable().describe('First date of the next dose.'),
  fromDay: z.string().nullable().describe('The same in the language of the citizen.'),
  isDue: z.boolean().describe('True when the next dose may be today.'),
});

/** The operation that tells a citizen's people's doses. */
export function dosesOperation(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.doses',
    summary: "The doses that the citizen's people have had here, and from when each may have the next one.",
    input: z.object({}),
    output: z.array(doseShape),
    badInput,
    run: async (_given, context) => {
      const { subject, now } = context;
      return done(
        (await readHistories(desk, context)).map(({ next, ...history }) => ({
          ...history,
          of: desk.settings.doses[history.kind]?.count ?? 1,
          next: next?.dose ?? null,
          from: next?.from ?? null,
          fromDay: next === undefined ? null : dayIn(next.from, subject.language),
          isDue: next !== undefined && next.from <= dateOf(now),
        })),
      );
    },
  });
}

/** The same person with what they have had, and the number of their next dose where none was named. */
export async function withDoses(desk: Desk, who: Person, context: OperationContext): Promise<PersonWithDoses> {
  if (Object.keys(desk.settings.doses).length === 0) return who;
  const history = (await readHistories(desk, context)).find(({ person }) => person === who.id);
  return { ...who, history, dose: who.dose ?? (history?.taken ?? 0) + 1 };
}

/** Why a dose cannot be on this date or of this kind; undefined when it can. */
export function refuseByDoses(
  { history }: PersonWithDoses,
  { kind, date }: { kind: string; date: string },
): ReturnType<typeof failed> | undefined {
  if (history === undefined) return undefined;
  if (history.next === undefined) return failed('appointments:doses-done', 'The person has had every dose.');
  if (kind !== history.kind) return failed('appointments:other-kind', 'The next dose is of the same kind as the one before.');
  return date < history.next.from ? failed('appointments:dose-early', 'The next dose is too early on this date.') : undefined;
}

async function readHistories({ settings }: Desk, { tx, subject }: OperationContext): Promise<DoseHistory[]> {
  const { rows } = await tx.query<{ person: string; kind: string; taken: number; last: string }>(
    `select a.person, (array_agg(s.kind order by s.date desc))[1] as kind, count(*)::int as taken, max(s.date)::text as last
       from appointments a join appointment_sessions s on s.organization_id = a.organization_id and s.id = a.session_id
      where a.organization_id = $1 and a.contact_id = $2 and a.status = 'checked_in' and s.kind = any($3)
      group by a.person order by a.person`,
    [subject.organizationId, subject.contactId, Object.keys(settings.doses)],
  );
  return rows.map((row) => {
    const rule = settings.doses[row.kind];
    const isMore = rule !== undefined && row.taken < rule.count;
    return { ...row, next: isMore ? { dose: row.taken + 1, from: dateAfter(row.last, rule.gapDays) } : undefined };
  });
}

function dateAfter(date: string, days: number): string {
  return later(new Date(`${date}T00:00:00Z`), days * DAY)
    .toISOString()
    .slice(0, 10);
}
