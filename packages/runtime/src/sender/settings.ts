/** The bounds of sending. What is kept from the less urgent is what the more urgent never waits for. */
export interface SenderSettings {
  /** Posts of one number under way at the same time. */
  postsOfNumber: number;
  /** Posts under way at the same time, of all numbers of this process. */
  postsInAll: number;
  /** Rows of one number in memory; more wait in the outbox. */
  rowsInMemory: number;
  /** After so many failures in a row, of different citizens, a number pauses. */
  failuresToOpen: number;
}

export const SENDER_SETTINGS: SenderSettings = { postsOfNumber: 64, postsInAll: 256, rowsInMemory: 2_000, failuresToOpen: 5 };

/** Part of the places and of the saved-up tokens that a lane leaves to the more urgent ones, in the order of LANES. */
export const KEPT_FREE = [0, 0, 0.125, 0.25] as const;

/** Part of the rows in memory that a lane may hold, in the order of LANES. */
export const SHARES = [0.125, 0.5, 0.25, 0.125] as const;

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 300_000;

/** Milliseconds before the attempt after the nth failure: doubles up to five minutes, with jitter in the upper half. */
export function backOff(failures: number, longestMs = LONGEST_RETRY_MS): number {
  const ceiling = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), longestMs);
  return Math.round(ceiling * (0.5 + Math.random() / 2));
}
