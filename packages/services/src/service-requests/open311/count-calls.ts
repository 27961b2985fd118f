/** Counts calls in this process, in minutes that begin with the first one; what has ended is forgotten. */

export interface CallCounter {
  /** False when this one is more than may be in a minute. */
  count: (caller: string, mostPerMinute: number) => boolean;
}

const MINUTE_MS = 60_000;
/** Callers that are remembered before those whose minute has ended are looked for. */
const MANY = 10_000;

export function createCallCounter(now: () => number): CallCounter {
  const minutes = new Map<string, { from: number; calls: number }>();
  const forget = () => {
    for (const [caller, { from }] of minutes) if (now() - from >= MINUTE_MS) minutes.delete(caller);
  };
  return {
    count: (caller, mostPerMinute) => {
      const minute = minutes.get(caller);
      if (minute !== undefined && now() - minute.from < MINUTE_MS) {
        minute.calls += 1;
        return minute.calls <= mostPerMinute;
      }
      if (minutes.size >= MANY) forget();
      minutes.set(caller, { from: now(), calls: 1 });
      return true;
    },
  };
}
