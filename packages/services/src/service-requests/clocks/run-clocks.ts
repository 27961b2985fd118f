/**
 * Does what clocks lead to. When a clock is to be looked at stands with its request; what is due is taken, done, written down
 * and queued for whoever is told in one transaction, so that a crash does nothing twice and leaves nothing out.
 */
import type { JsonObject } from '@hazir/core';
import { type Database, freshId, type Tx } from '@hazir/store';
import type { RequestDesk } from '../desk.ts';
import { notify } from '../notifications/notify.ts';
import { recordEvent } from '../record-event.ts';
import { REQUEST_COLUMNS, type RequestRow } from '../records.ts';
import type { RequestEvent } from '../request-events.ts';
import type { RequestDesks } from '../waiting.ts';
import { expectedMove } from './expected-move.ts';
import { postAt } from './ladder.ts';
import { type ClockColumns, type Outlook, outlookAfter, outlookOf, reachedBy } from './request-clock.ts';
import { nextStep, type STAGES, type Step } from './steps.ts';

const AT_ONCE = 100;
const ACTOR = { as: 'system', id: 'clock' } as const;

/** Takes every step that is due, rung by rung; resolves with how many there were. */
export async function runClocks(database: Database, { now, desks }: { now: Date; desks: RequestDesks }): Promise<number> {
  let done = 0;
  for (;;) {
    const taken = await database.transaction(async (tx) => {
      const due = await takeDue(tx, desks, now);
      for (const row of due) await lookAt(tx, desks.get(row.organization_id), { row, now });
      return due.length;
    });
    done += taken;
    if (taken === 0) return done;
  }
}

async function takeDue(tx: Tx, desks: RequestDesks, now: Date): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from service_requests r where r.clock_at <= $1 and r.organization_id = any ($3)
      order by r.clock_at limit $2 for update skip locked`,
    [now, AT_ONCE, [...desks.keys()]],
  );
  return rows;
}

async function lookAt(tx: Tx, desk: RequestDesk | undefined, { row, now }: { row: RequestRow; now: Date }): Promise<void> {
  const outlook = desk && outlookOf(desk, row, now);
  if (desk === undefined || outlook === undefined) return keep(tx, row, { ...row, clock_at: null });
  // By the rules of now: a holiday may have been added since.
  if (expectedMove(row, outlook.columns) !== undefined) return tellMoved(tx, desk, { row, columns: outlook.columns, now });
  const step = stepToTake(outlook, row, now);
  if (step === undefined) return keep(tx, row, outlook.columns);
  await take(tx, desk, { row, step, now });
}

/** What is overtaken by something worse is left out: nobody is warned of what is late already. */
function stepToTake({ steps }: Outlook, row: RequestRow, now: Date): Step | undefined {
  const next = nextStep(steps, reachedBy(row));
  if (next === undefined || next.at > now) return undefined;
  return next.level > 0 ? next : (steps.findLast((step) => step.level === 0 && step.at <= now) ?? next);
}

async function take(tx: Tx, desk: RequestDesk, { row, step, now }: { row: RequestRow; step: Step; now: Date }): Promise<void> {
  const outlook = outlookAfter(desk, row, { step, now });
  if (outlook === undefined) return;
  const rung = step.level > 0 ? outlook.policy.ladder[step.level - 1] : undefined;
  const post = rung && postAt(desk.responsibility.posts, row.post, rung.to);
  const details: JsonObject = {
    ...{ level: step.level, dueAt: row.due_at?.toISOString() ?? null, ...(post && { post: post.code }) },
    ...expectedMove(row, outlook.columns),
  };
  await record(tx, desk, { row, type: typeOf(step), details, columns: outlook.columns, now, tells: rung?.tells });
}

/** Tells whoever was told the old date. */
export async function tellMoved(
  tx: Tx,
  desk: RequestDesk,
  { row, columns, now }: { row: RequestRow; columns: ClockColumns; now: Date },
): Promise<void> {
  const details = { ...expectedMove(row, columns), why: 'calendar' };
  await record(tx, desk, { row, type: 'expected_date_moved', details, columns, now, tells: undefined });
}

interface Recorded {
  row: RequestRow;
  type: RequestEvent;
  details: JsonObject;
  columns: ClockColumns;
  now: Date;
  tells: Parameters<typeof notify>[2]['tells'];
}

async function record(tx: Tx, desk: RequestDesk, { row, type, details, columns, now, tells }: Recorded): Promise<void> {
  // Steps that are taken at once keep their order.
  const at = new Date(Math.max(now.getTime(), row.updated_at.getTime() + 1));
  const event = { id: freshId(at.getTime()), type, actor: ACTOR.id, details, now: at };
  const next = await recordEvent(tx, row, { event, change: columns });
  if (next !== undefined) await notify(tx, desk, { row: next, event, actor: ACTOR, ...(tells && { tells }) });
}

/** Writes what nobody needs to hear of: when the clock is to be looked at again. */
export async function keep(tx: Tx, row: RequestRow, { due_at, clock_at, clock_stage }: ClockColumns): Promise<void> {
  await tx.query(
    `update service_requests set due_at = $4, clock_at = $5, clock_stage = $6 where organization_id = $1 and contact_id = $2 and id = $3`,
    [row.organization_id, row.contact_id, row.id, due_at, clock_at, clock_stage],
  );
}

const EVENTS: { readonly [stage in (typeof STAGES)[number]]: RequestEvent } = {
  running: 'due_date_neared',
  approaching: 'due_date_neared',
  due: 'due_date_reached',
  breached: 'due_date_passed',
};

function typeOf({ stage, level }: Step): RequestEvent {
  return level > 0 ? 'service_request_escalated' : EVENTS[stage];
}
