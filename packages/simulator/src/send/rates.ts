/**
 * The two rates at which Meta takes messages. Both are leaky buckets kept as one time: when the bucket would be empty.
 * A number takes 80 messages a second, incoming ones included; a number and a citizen take one each 6 seconds, of
 * which 45 can be borrowed and are then waited for.
 */
import { refuse } from '../graph/refusal.ts';
import type { NumberState, Pair, World } from '../world.ts';

const PAIR_MS = 6_000;
const PAIR_BURST = 45;
const THROUGHPUT = 80;

/** Refuses with 130429 when the number is too fast. */
export function takeThroughput(world: World, number: NumberState): void {
  if (!world.settings.throughput) return;
  const now = world.schedule.now();
  if (number.busyUntil - now >= 1_000) refuse(130429, 'Cloud API message throughput has been reached.');
  countThroughput(world, number);
}

/** Counts a message that is not refused: an incoming one. However many come, sending is possible again a second later. */
export function countThroughput(world: World, number: NumberState): void {
  const now = world.schedule.now();
  const each = 1_000 / (number.options.throughput ?? THROUGHPUT);
  number.busyUntil = Math.min(Math.max(number.busyUntil, now) + each, now + 1_000);
}

/** Refuses with 131056 when there were too many messages to the same citizen. */
export function takePair(world: World, pair: Pair): void {
  if (!world.settings.pairRate) return;
  const now = world.schedule.now();
  if (pair.busyUntil - now > (PAIR_BURST - 1) * PAIR_MS) {
    refuse(
      131056,
      'Message failed to send because there were too many messages sent from this phone number to the same recipient.',
    );
  }
  pair.busyUntil = Math.max(pair.busyUntil, now) + PAIR_MS;
}
