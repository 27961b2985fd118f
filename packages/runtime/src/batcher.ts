/**
 * Collects single requests into batches: while one flush is under way the next ones gather, and go together when it ends.
 * Under light load a request is flushed at once; under steady load flushes keep a small distance, because a commit costs
 * nearly the same for one row and for ten; under heavy load batches grow by themselves.
 */
export interface Batcher<Item, Result> {
  add: (item: Item) => Promise<Result>;
  /** Resolves when nothing waits and nothing is under way. */
  idle: () => Promise<void>;
}

export interface BatcherOptions {
  most: number;
  /** Flushes that may run at the same time. */
  concurrent?: number;
  /** Milliseconds from the start of a flush to the start of the next, unless a full batch waits. Default 0. */
  distanceMs?: number;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}

/** `flush` returns one result for each item, in order; if it throws, every item of the batch is rejected. */
export function createBatcher<Item, Result>(
  flush: (items: Item[]) => Promise<Result[]>,
  options: BatcherOptions,
): Batcher<Item, Result> {
  let queue: Waiting<Item, Result>[] = [];
  let running = 0;
  let scheduled = false;
  let startedAt = Number.NEGATIVE_INFINITY;
  let idlers: (() => void)[] = [];

  const schedule = () => {
    if (scheduled || running >= (options.concurrent ?? 1) || queue.length === 0) return;
    scheduled = true;
    const begin = () => {
      scheduled = false;
      void runBatch();
    };
    const wait = queue.length >= options.most ? 0 : startedAt + (options.distanceMs ?? 0) - performance.now();
    if (wait > 0) setTimeout(begin, Math.ceil(wait));
    else setImmediate(begin);
  };
  const runBatch = async () => {
    const batch = queue.slice(0, options.most);
    queue = queue.slice(options.most);
    running += 1;
    startedAt = performance.now();
    try {
      const results = await flush(batch.map((waiting) => waiting.item));
      settle(batch, results);
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
    running -= 1;
    schedule();
    if (running === 0 && queue.length === 0) {
      for (const idle of idlers) idle();
      idlers = [];
    }
  };
  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        schedule();
      }),
    idle: () => (running === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
}

function settle<Item, Result>(batch: Waiting<Item, Result>[], results: Result[]): void {
  for (const [index, waiting] of batch.entries()) {
    const result = results[index];
    if (index in results && result !== undefined) waiting.resolve(result);
    else waiting.reject(new Error('a batch returned too few results'));
  }
}
