/** One timer for all that waits. The clock may jump (the simulator's does): it is looked at again at least every second. */
import { type Desk, LOOK_MS } from './desk.ts';

export interface Ticker {
  /** Makes sure that the next tick is not later than this, in milliseconds since 1970; Infinity: no wish. */
  wakeAt: (at: number) => void;
  stop: () => void;
}

export function createTicker({ port }: Desk, tick: () => void): Ticker {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let stopped = false;
  const wakeAt = (at: number) => {
    if (stopped || at === Number.POSITIVE_INFINITY || (timer !== undefined && timerAt <= at)) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(run, Math.min(Math.max(at - port.now(), 1), LOOK_MS));
  };
  const run = () => {
    const waitedFor = timerAt;
    timer = undefined;
    timerAt = Number.POSITIVE_INFINITY;
    tick();
    // The clock has not come so far.
    if (waitedFor > port.now()) wakeAt(waitedFor);
  };
  return {
    wakeAt,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
