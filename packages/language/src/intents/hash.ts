/** Number of places that features are hashed into. */
export const BUCKETS = 2 ** 18;

/** FNV-1a over part of a text, folded to a bucket. */
export function hashOf(text: string, { from, to, seed }: { from: number; to: number; seed: number }): number {
  let hash = Math.imul(0x811c9dc5 ^ seed, 0x01000193);
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash >>> 18) ^ hash) & (BUCKETS - 1);
}
