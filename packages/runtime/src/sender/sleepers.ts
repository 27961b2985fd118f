/** What waits for a time, the earliest first: a binary heap. Who is woken otherwise stays in it and is skipped by the taker. */
export interface Sleepers<Sleeper> {
  add: (at: number, sleeper: Sleeper) => void;
  /** The earliest time; Infinity when nothing sleeps. */
  next: () => number;
  take: () => { at: number; sleeper: Sleeper } | undefined;
  size: () => number;
}

interface Entry<Sleeper> {
  at: number;
  sleeper: Sleeper;
}

export function createSleepers<Sleeper>(): Sleepers<Sleeper> {
  const heap: Entry<Sleeper>[] = [];
  return {
    size: () => heap.length,
    next: () => heap[0]?.at ?? Number.POSITIVE_INFINITY,
    add: (at, sleeper) => {
      heap.push({ at, sleeper });
      rise(heap, heap.length - 1);
    },
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first !== undefined && last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink(heap);
      }
      return first;
    },
  };
}

function rise<Sleeper>(heap: Entry<Sleeper>[], from: number): void {
  let child = from;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!swapIfLess(heap, child, parent)) return;
    child = parent;
  }
}

function sink<Sleeper>(heap: Entry<Sleeper>[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const right = left + 1;
    const less = (heap[right]?.at ?? Number.POSITIVE_INFINITY) < (heap[left]?.at ?? Number.POSITIVE_INFINITY) ? right : left;
    if (less >= heap.length || !swapIfLess(heap, less, parent)) return;
    parent = less;
  }
}

function swapIfLess<Sleeper>(heap: Entry<Sleeper>[], a: number, b: number): boolean {
  const [first, second] = [heap[a], heap[b]];
  if (first === undefined || second === undefined || first.at >= second.at) return false;
  heap[a] = second;
  heap[b] = first;
  return true;
}
