/** Many short timers for the price of one: a wheel of slots that a single interval turns. */
export interface Wheel {
  /** Runs `work` after about `delayMs`, never earlier than one tick. */
  after: (delayMs: number, work: () => void) => void;
  stop: () => void;
}

const TICK_MS = 4;
const SLOTS = 1_024;

export function createWheel(): Wheel {
  const slots: (() => void)[][] = Array.from({ length: SLOTS }, () => []);
  const startedAt = performance.now();
  let turned = 0;
  const turn = () => {
    const due = Math.floor((performance.now() - startedAt) / TICK_MS);
    while (turned < due) {
      turned += 1;
      const work = slots[turned % SLOTS];
      slots[turned % SLOTS] = [];
      for (const one of work ?? []) one();
    }
  };
  const interval = setInterval(turn, TICK_MS);
  return {
    after: (delayMs, work) => {
      if (delayMs >= (SLOTS - 2) * TICK_MS) void setTimeout(work, delayMs);
      else slots[(turned + Math.max(1, Math.round(delayMs / TICK_MS))) % SLOTS]?.push(work);
    },
    stop: () => clearInterval(interval),
  };
}
