/**
 * States that wait for the citizen: the citizen is reminded, and what stays unanswered ends. The next moment stands with
 * the request; what is due is taken and done in one transaction, so that a crash reminds nobody twice.
 */
import { type Database, freshId, type Tx } from '@hazir/store';
import { currentState, lifeCycleOf, type RequestDesk } from './desk.ts';
import type { State } from './life-cycles/life-cycle.ts';
import { nextLook } from './life-cycles/next-look.ts';
import { makeMove } from './move.ts';
import { notify } from './notifications/notify.ts';
import { recordEvent } from './record-event.ts';
import { REQUEST_COLUMNS, type RequestRow } from './records.ts';

/** What packs say of service requests, by the id of the organization. */
export type RequestDesks = ReadonlyMap<number, RequestDesk>;

const HOUR_MS = 3_600_000;
const AT_ONCE = 100;
const ACTOR = { as: 'system', id: 'reminders' } as const;

/** Reminds of every request that is due for it, and ends what has waited long enough; resolves with how many there were. */
export async function remindCitizens(database: Database, { now, desks }: { now: Date; desks: RequestDesks }): Promise<number> {
  let done = 0;
  for (;;) {
    const taken = await database.transaction(async (tx) => {
      const due = await takeDue(tx, desks, now);
      for (const row of due) await lookAt(tx, row, { now, desks });
      return due.length;
    });
    done += taken;
    if (taken < AT_ONCE) return done;
  }
}

async function takeDue(tx: Tx, desks: RequestDesks, now: Date): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from service_requests r where r.remind_at <= $1 and r.organization_id = any ($3)
      order by r.remind_at limit $2 for update skip locked`,
    [now, AT_ONCE, [...desks.keys()]],
  );
  return rows;
}

async function lookAt(tx: Tx, row: RequestRow, { now, desks }: { now: Date; desks: RequestDesks }): Promise<void> {
  const desk = desks.get(row.organization_id);
  const state = desk && currentState(desk, row);
  if (desk === undefined || state === undefined) return;
  const ends = state.lapse !== undefined && now.getTime() - row.entered_at.getTime() >= state.lapse.afterHours * HOUR_MS;
  if (!ends) return remind(tx, desk, { row, state, now });
  const move = lifeCycleOf(desk, row.service_code).moves.find(({ code }) => code === state.lapse?.move);
  const given = {
    reference: row.reference,
    organizationId: row.organization_id,
    actor: ACTOR,
    now,
    newId: () => freshId(now.getTime()),
  };
  const moved = move && (await makeMove(tx, desk, { row, move, given: { ...given, move: move.code } }));
  if (moved?.ok !== true) await forget(tx, row);
}

async function remind(
  tx: Tx,
  desk: RequestDesk,
  { row, state, now }: { row: RequestRow; state: State; now: Date },
): Promise<void> {
  const reminders = row.reminders + 1;
  const event = { id: freshId(now.getTime()), type: 'citizen_reminded', actor: ACTOR.id, now } as const;
  const change = { reminders, remind_at: nextLook(state, { since: row.entered_at, reminders }) };
  const next = await recordEvent(tx, row, { event, change });
  if (next !== undefined) await notify(tx, desk, { row: next, event, actor: ACTOR });
}

/** What cannot be ended by itself (the pack has changed meanwhile) is not looked at again. */
async function forget(tx: Tx, { organization_id, contact_id, id }: RequestRow): Promise<void> {
  await tx.query('update service_requests set remind_at = null where organization_id = $1 and contact_id = $2 and id = $3', [
    organization_id,
    contact_id,
    id,
  ]);
}
