/** Winning and losing numbers. */
import { type Desk, reasonOf } from './desk.ts';
import { createNumber, linesOf, type NumberQueue } from './lines.ts';
import { freePlace } from './pump.ts';
import { openNumbers } from './refill.ts';
import type { Scheduler } from './scheduler.ts';

export function createTenure(
  desk: Desk,
  named: (ids: readonly number[]) => NumberQueue[],
): Pick<Scheduler, 'open' | 'drop' | 'handBack'> {
  return {
    open: async (channelIds) => {
      const fresh = channelIds.filter((id) => !desk.numbers.has(id)).map((id) => createNumber(id, desk.settings));
      for (const number of fresh) {
        number.pace.setRate(desk.port.channel(number.channelId)?.messagesPerSecond ?? 1);
        desk.numbers.set(number.channelId, number);
      }
      await openNumbers(desk, fresh);
    },
    drop: (channelIds) => {
      for (const number of named(channelIds)) forget(desk, number);
    },
    handBack: (channelIds) => handBack(desk, named(channelIds)),
  };
}

/** Stops in order: what was not posted is due for whoever works the numbers next. */
export async function handBack(desk: Desk, numbers: readonly NumberQueue[]): Promise<void> {
  for (const number of numbers) number.phase = 'closing';
  // At once, whatever a slow provider still keeps under way; and again for what was claimed meanwhile.
  await giveUnpostedBack(desk, numbers);
  await Promise.all(
    numbers.filter(({ posting }) => posting > 0).map((number) => new Promise<void>((resolve) => number.onIdle.push(resolve))),
  );
  await giveUnpostedBack(desk, numbers);
  for (const number of numbers) forget(desk, number);
}

async function giveUnpostedBack(desk: Desk, numbers: readonly NumberQueue[]): Promise<void> {
  const lines = numbers.flatMap((number) => [...linesOf(number)]).filter((line) => line.place !== 'busy');
  const rows = lines.flatMap((line) => line.rows.filter((row) => row.state === 0));
  if (rows.length === 0) return;
  await desk.port.giveBack(rows).catch((error: unknown) => desk.port.log('warn', 'not_handed_back', { detail: reasonOf(error) }));
}

function forget(desk: Desk, number: NumberQueue): void {
  number.phase = 'gone';
  if (desk.numbers.get(number.channelId) === number) desk.numbers.delete(number.channelId);
  desk.starved.delete(number);
  for (const [id, doubt] of desk.doubts) if (doubt.number === number) desk.doubts.delete(id);
  // Reservations whose commit is under way are not posted any more.
  const reserved = [...linesOf(number)].filter((line) => line.place === 'busy' && line.rows.length === 0);
  for (const line of reserved) freePlace(desk, number, line);
}
