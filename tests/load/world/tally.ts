/** What a run counts and measures. Times are milliseconds. */
export interface Tally {
  /** True inside the measured window. */
  measuring: boolean;
  turns: number;
  /** By organization. */
  replyMs: [number[], number[]];
  ackMs: number[];
  statuses: number;
  /** Graph calls that only marked a message as read. */
  reads: number;
  /** Webhooks that were not answered with 200 and delivered again. */
  refused: number;
  redelivered: number;
  doubled: number;
  misordered: number;
  /** Messages to citizens who never wrote. */
  broadcasts: number;
  /** Replies to nobody whom the world knows. */
  strangers: number;
  /** Messages acknowledged since the world began, for the comparison with the database. */
  accepted: number;
  /** The first few replies that were wrong. */
  samples: string[];
}

export function createTally(): Tally {
  return {
    measuring: false,
    turns: 0,
    replyMs: [[], []],
    ackMs: [],
    statuses: 0,
    reads: 0,
    refused: 0,
    redelivered: 0,
    doubled: 0,
    misordered: 0,
    broadcasts: 0,
    strangers: 0,
    accepted: 0,
    samples: [],
  };
}

/** Forgets what was measured; what is counted for the whole run stays. */
export function startMeasuring(tally: Tally): void {
  Object.assign(tally, {
    measuring: true,
    turns: 0,
    replyMs: [[], []],
    ackMs: [],
    statuses: 0,
    reads: 0,
    refused: 0,
    broadcasts: 0,
  });
}

/** The value below which a share of the measurements lies; 0 without any. Rounded to a hundredth. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 100) / 100;
}
