/** Who has to wait for whom: organizations for one another, replies for a broadcast. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Measured, measureWindow } from './measure.ts';
import { type Run, warmUp } from './modes.ts';
import type { Stage } from './stage.ts';

const ROUNDS = 3;
/** Messages a second of an organization on an ordinary day; the other one has a hundred times as many. */
const USUAL = 10;
const LOUD = 100;
const QUIET_ONE = 1;
const LOUD_ONE = 0;
/** Replies a second beside a broadcast. */
const REPLIES = 200;
const SENT_WITHIN_MS = 600_000;

/** The quiet organization's p95 alone, and beside the loud one; windows alternate. */
export async function fairness(stage: Stage): Promise<Run> {
  await warmUp(stage);
  const windows: { alone: Measured[]; beside: Measured[] } = { alone: [], beside: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of ['alone', 'beside'] as const) {
      await stage.world.offerOpen({ rate: USUAL, organization: QUIET_ONE });
      if (side === 'beside') await stage.world.offerOpen({ rate: USUAL * LOUD, organization: LOUD_ONE });
      await delay(2_000);
      windows[side].push(await measureWindow(stage, stage.options.seconds / ROUNDS));
      await stage.world.stop();
      await stage.world.drain(60_000);
    }
  }
  const p95 = (measured: readonly Measured[]) => measured.map(({ report }) => report.organizations[QUIET_ONE]?.p95Ms ?? 0);
  const extra = { ...compare('P95Ms', p95(windows.alone), p95(windows.beside)), loudMessagesPerSecond: USUAL * LOUD };
  return { measured: last(windows.beside), extra };
}

/** The replies' p99 without a broadcast, beside one on the same number, and without again. */
export async function broadcast(stage: Stage): Promise<Run> {
  const { seconds, broadcast: recipients } = stage.options;
  await warmUp(stage);
  await stage.world.offerOpen({ rate: REPLIES });
  await delay(2_000);
  const before = await measureWindow(stage, seconds);
  await queueBroadcast(stage);
  const queuedAt = performance.now();
  const beginSeconds = await untilLeft(stage, recipients - 1);
  await delay(1_000);
  const beside = await measureWindow(stage, seconds);
  await untilLeft(stage, 0);
  const sentSeconds = Math.round((performance.now() - queuedAt) / 100) / 10;
  await delay(3_000);
  const after = await measureWindow(stage, seconds);
  const p99 = (measured: Measured) => measured.report.p99Ms;
  const extra = {
    ...compare('P99Ms', [p99(before), p99(after)], [p99(beside)]),
    ...{ recipients, beginSeconds, sentSeconds, broadcastPerSecond: Math.round(beside.report.broadcasts / beside.seconds) },
  };
  return { measured: beside, extra };
}

/** Rows as a broadcast makes them: in the log, and due in the outbox in the last lane. */
async function queueBroadcast(stage: Stage): Promise<void> {
  const { contacts, broadcast: recipients } = stage.options;
  const template = { type: 'template', name: 'request_update', language: 'en', parameters: ['MUM-4821-9374', 'work has begun'] };
  await stage.database.query(
    `with recipients as (
       select i.organization_id, i.contact_id, c.channel_id,
              (left(uuid_floor(now())::text, 13) || '-8' || substr(gen_random_uuid()::text, 16))::uuid as id
         from contact_identities i join conversations c using (organization_id, contact_id)
        where i.kind = 'phone' and i.valid_to is null and i.value::bigint >= 919100000000 + $1::bigint limit $2
     ), logged as (
       insert into messages (organization_id, contact_id, id, channel_id, outbound, content, origin)
       select organization_id, contact_id, id, channel_id, true, $3, 'broadcast' from recipients
     )
     insert into outbox (organization_id, contact_id, id, channel_id, state, attempt, due_at, payload, lane)
     select organization_id, contact_id, id, channel_id, 1, 0, now(), $3, 3 from recipients`,
    [contacts, recipients, JSON.stringify({ content: template })],
  );
}

/** Waits until at most so many messages of the broadcast are in the outbox; returns the seconds that it took. */
async function untilLeft(stage: Stage, most: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { rows } = await stage.database.query('select from outbox where lane = 3 offset $1 limit 1', [most]);
    const waited = performance.now() - startedAt;
    if (rows.length === 0) return Math.round(waited / 100) / 10;
    if (waited > SENT_WITHIN_MS) throw new Error('the broadcast was not sent within ten minutes');
    await delay(500);
  }
}

function compare(name: string, without: readonly number[], beside: readonly number[]) {
  const ratio = Math.round((median(beside) / median(without)) * 100) / 100;
  return { [`alone${name}`]: without, [`beside${name}`]: beside, ratio };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0];
  return (low + high) / 2;
}

function last(measured: readonly Measured[]): Measured {
  const found = measured.at(-1);
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}
