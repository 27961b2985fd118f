/**
 * How fast a number may write to one citizen. WhatsApp: 45 messages at once, then one every six seconds. Kept as one time for
 * each pair, at which its bucket is full again.
 */
export interface Pairs {
  /** Milliseconds until this citizen may be written to. */
  wait: (contactId: string, now: number) => number;
  take: (contactId: string, now: number) => void;
  giveBack: (contactId: string) => void;
  /** The provider says that it was too much: nothing goes before `until`, and little at once after. */
  block: (contactId: string, until: number) => void;
}

const EACH_MS = 6_000;
const BURST = 45;
const BURST_AFTER_BLOCK = 5;
const MOST_PAIRS = 50_000;

export function createPairs(): Pairs {
  const fullAt = new Map<string, number>();
  const blocked = new Map<string, number>();
  const set = (contactId: string, at: number, now: number) => {
    // Moved to the end: those at the front have not been written to for longest.
    fullAt.delete(contactId);
    fullAt.set(contactId, at);
    if (fullAt.size > MOST_PAIRS) prune(fullAt, now);
  };
  const unblocksIn = (contactId: string, now: number): number => {
    const left = (blocked.get(contactId) ?? 0) - now;
    if (left <= 0) blocked.delete(contactId);
    return left;
  };
  return {
    wait: (contactId, now) => {
      const byRate = (fullAt.get(contactId) ?? 0) - (BURST - 1) * EACH_MS - now;
      return Math.max(0, byRate, blocked.size > 0 ? unblocksIn(contactId, now) : 0);
    },
    take: (contactId, now) => set(contactId, Math.max(fullAt.get(contactId) ?? now, now) + EACH_MS, now),
    giveBack: (contactId) => {
      const at = fullAt.get(contactId);
      if (at !== undefined) fullAt.set(contactId, at - EACH_MS);
    },
    block: (contactId, until) => {
      if (blocked.size >= MOST_PAIRS) blocked.clear();
      blocked.set(contactId, until);
      set(contactId, until + (BURST - BURST_AFTER_BLOCK) * EACH_MS, until);
    },
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
