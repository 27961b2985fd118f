/**
 * The simulator's clock and everything that is to happen later.
 *
 * The clock is real time plus an offset that only grows. All timers live in one heap, ordered by due time and then by
 * the order in which they were made, and one real timeout waits for the earliest: a thousand sends a second make three
 * thousand timers a second. Advancing moves the offset from one due timer to the next, so that each one runs at its own
 * time; between two of them it waits for webhooks in flight, so that the retry of a failed webhook falls due inside the
 * same advance.
 */

/** Most milliseconds that the clock can be moved at once: 366 days. */
export const MOST_ADVANCE_MS = 366 * 86_400_000;

const LONGEST_TIMEOUT_MS = 2_147_483_647;

type Cancel = () => void;

export interface Schedule {
  /** Milliseconds since 1970 on the simulator's clock. */
  now: () => number;
  /** Runs at a time of the simulator's clock, soon if it has passed. */
  at: (due: number, run: () => void) => Cancel;
  after: (ms: number, run: () => void) => Cancel;
  /** Moves the clock and runs what falls due, in order; resolves with the new time. */
  advance: (ms: number) => Promise<number>;
  /** Forgets all timers; the clock stays. */
  clear: () => void;
}

interface Timer {
  due: number;
  order: number;
  run: (() => void) | undefined;
}

export function createSchedule(realNow: () => number, settled: () => Promise<void>): Schedule {
  const heap: Timer[] = [];
  let offset = 0;
  let made = 0;
  let waiting: { due: number; timeout: NodeJS.Timeout } | undefined;
  let advancing: Promise<unknown> = Promise.resolve();

  const now = () => realNow() + offset;

  const disarm = () => {
    if (waiting !== undefined) clearTimeout(waiting.timeout);
    waiting = undefined;
  };

  const arm = () => {
    const first = heap[0];
    if (first === undefined || (waiting !== undefined && waiting.due <= first.due)) return;
    disarm();
    const timeout = setTimeout(fire, Math.min(Math.max(first.due - now(), 0), LONGEST_TIMEOUT_MS));
    timeout.unref();
    waiting = { due: first.due, timeout };
  };

  const fire = () => {
    disarm();
    for (let first = heap[0]; first !== undefined && first.due <= now(); first = heap[0]) pop(heap)?.run?.();
    arm();
  };

  const at = (due: number, run: () => void): Cancel => {
    made += 1;
    const timer: Timer = { due, order: made, run };
    push(heap, timer);
    arm();
    return () => {
      timer.run = undefined;
    };
  };

  const advance = async (ms: number): Promise<number> => {
    const target = now() + Math.min(Math.max(ms, 0), MOST_ADVANCE_MS);
    for (let first = heap[0]; first !== undefined && first.due <= target; first = heap[0]) {
      offset += Math.max(first.due - now(), 0);
      pop(heap)?.run?.();
      await settled();
    }
    offset += Math.max(target - now(), 0);
    disarm();
    arm();
    return now();
  };

  return {
    now,
    at,
    after: (ms, run) => at(now() + ms, run),
    advance: (ms) => {
      const mine = advancing.then(() => advance(ms));
      advancing = mine;
      return mine;
    },
    clear: () => {
      heap.length = 0;
      disarm();
    },
  };
}

function before(a: Timer | undefined, b: Timer | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

function swap(heap: Timer[], i: number, j: number): void {
  const a = heap[i];
  const b = heap[j];
  if (a === undefined || b === undefined) return;
  heap[i] = b;
  heap[j] = a;
}

function push(heap: Timer[], timer: Timer): void {
  heap.push(timer);
  let place = heap.length - 1;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!before(heap[place], heap[parent])) return;
    swap(heap, place, parent);
    place = parent;
  }
}

function pop(heap: Timer[]): Timer | undefined {
  swap(heap, 0, heap.length - 1);
  const first = heap.pop();
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const least = before(heap[left + 1], heap[left]) ? left + 1 : left;
    if (!before(heap[least], heap[place])) return first;
    swap(heap, place, least);
    place = least;
  }
}
