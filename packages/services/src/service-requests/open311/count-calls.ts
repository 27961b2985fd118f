/** Counts calls in this process, in spans (a minute, an hour) that begin with the first one; what has ended is forgotten. */

export interface CallCounter {
  /** False when this one is more than may be in the span. */
  count: (caller: string, most: number) => boolean;
}

const MINUTE_MS = 60_000;
/** Callers that are remembered before those whose span has ended are looked for. */
const MANY = 10_000;

export function createCallCounter(now: () => number, spanMs = MINUTE_MS): CallCounter {
  const spans = new Map<string, { from: number; calls: number }>();
  const forget = () => {
    for (const [caller, { from }] of spans) if (now() - from >= spanMs) spans.delete(caller);
  };
  return {
    count: (caller, most) => {
      const span = spans.get(caller);
      if (span !== undefined && now() - span.from < spanMs) {
        span.calls += 1;
        return span.calls <= most;
      }
      if (spans.size >= MANY) forget();
      spans.set(caller, { from: now(), calls: 1 });
      return true;
    },
  };
}
