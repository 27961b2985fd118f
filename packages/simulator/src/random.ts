/**
 * Seeded randomness that does not depend on the order of events: each message, webhook or request draws from a sequence
 * of its own, named by purpose and number. So a run can be repeated although sockets answer in another order.
 */

/** What a sequence is for; the number keeps the sequences of one seed apart. */
const PURPOSE = { status: 1, webhook: 2, request: 3, id: 4, userId: 5, batch: 6 } as const;

export type Purpose = keyof typeof PURPOSE;

/** Draws numbers from 0 (included) to 1 (not included). */
export type Draw = () => number;

export function drawsFor(seed: number, purpose: Purpose, index: number): Draw {
  let state = mixed(mixed(mixed(seed | 0) ^ PURPOSE[purpose]) ^ (index | 0));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    return (mixed(state) >>> 0) / 4_294_967_296;
  };
}

/** A 32-bit number made from a text, to seed by a text. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** A whole number from `range[0]` to `range[1]`, both included. */
export function between(draw: Draw, range: readonly [number, number]): number {
  return range[0] + Math.floor(draw() * (Math.max(range[1] - range[0], 0) + 1));
}

function mixed(value: number): number {
  let hash = (value ^ (value >>> 16)) | 0;
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
