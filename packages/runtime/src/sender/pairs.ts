/**
 * How fast a number may write to one citizen. WhatsApp: 45 messages at once, then one every six seconds. Kept as one time for
 * each pair, at which its bucket is full again.
 */
export interface Pairs {
  /** Milliseconds until this citizen may be written to. */
  wait: (contactId: string, now: number) => number;
  take: (contactId: string, now: number) => void;
  giveBack: (contactId: string) => void;
  /** The provider says that it was too much: nothing goes before `until`. */
  block: (contactId: string, until: number) => void;
}

const EACH_MS = 6_000;
const BURST = 45;
const MOST_PAIRS = 50_000;

export function createPairs(): Pairs {
  const fullAt = new Map<string, number>();
  const set = (contactId: string, at: number, now: number) => {
    // Moved to the end: those at the front have not been written to for longest.
    fullAt.delete(contactId);
    fullAt.set(contactId, at);
    if (fullAt.size > MOST_PAIRS) prune(fullAt, now);
  };
  return {
    wait: (contactId, now) => {
      const at = fullAt.get(contactId);
      return at === undefined ? 0 : Math.max(0, at - (BURST - 1) * EACH_MS - now);
    },
    take: (contactId, now) => set(contactId, Math.max(fullAt.get(contactId) ?? now, now) + EACH_MS, now),
    giveBack: (contactId) => {
      const at = fullAt.get(contactId);
      if (at !== undefined) fullAt.set(contactId, at - EACH_MS);
    },
    block: (contactId, until) => set(contactId, until + (BURST - 1) * EACH_MS, until),
  };
}

/** Forgets full buckets and, where that is not enough, those that were used least lately. */
function prune(fullAt: Map<string, number>, now: number): void {
  for (const [contactId, at] of fullAt) if (at <= now) fullAt.delete(contactId);
  for (const contactId of fullAt.keys()) {
    if (fullAt.size <= MOST_PAIRS * 0.9) return;
    fullAt.delete(contactId);
  }
}
