/**
 * The safety net: rows of our numbers that are in the outbox, long due, and in nobody's hands, for example because a connection
 * broke between a commit and its answer, or because another process decided them.
 */
import type { Desk } from './desk.ts';
import { type Line, linesOf, type NumberQueue } from './lines.ts';
import { idsOf } from './refill.ts';

const FORGOTTEN_MS = 30_000;
/** Rows that say "being posted" have no index: they are looked for in every nth sweep only. */
const ABANDONED_EVERY = 10;

export function createSweep(desk: Desk): () => Promise<void> {
  let sweeps = 0;
  return async () => {
    const before = new Date(desk.port.now() - FORGOTTEN_MS);
    const numbers = [...desk.numbers.values()].filter((number) => number.phase === 'open');
    sweeps += 1;
    if (sweeps % ABANDONED_EVERY === 0) await holdForgotten(desk, numbers, before);
    for (const number of numbers) await findForgotten(desk, number, before);
  };
}

async function findForgotten(desk: Desk, number: NumberQueue, before: Date): Promise<void> {
  const held = [...linesOf(number)].flatMap((line) => line.rows).filter((row) => row.dueAt < before || row.state === 2);
  const found = await desk.port.forgotten([number.channelId], idsOf(held), before);
  let forgotten = 0;
  for (const lane of number.lanes) {
    if (lane.behind || !found.some((one) => one.lane === lane.name)) continue;
    lane.behind = true;
    forgotten += 1;
  }
  if (forgotten === 0) return;
  desk.port.log('warn', 'outbox_forgotten', { channel: number.channelId, lanes: forgotten });
  desk.pump(number);
}

async function holdForgotten(desk: Desk, numbers: readonly NumberQueue[], before: Date): Promise<void> {
  if (numbers.length === 0) return;
  const mayBePosting = (line: Line) => line.place === 'busy' || line.rows[0]?.state === 0;
  const except = numbers.flatMap((number) => [...linesOf(number)].filter(mayBePosting).flatMap((line) => idsOf(line.rows)));
  const ids = numbers.map((number) => number.channelId);
  if ((await desk.port.holdAbandoned(ids, except, before)) === 0) return;
  for (const number of numbers) for (const lane of number.lanes) lane.behind = true;
  for (const number of numbers) desk.pump(number);
}
