/** Waiting that can be cut short: until a time on the given clock, or until the thing waited for has happened. */
export interface Waits {
  /** Resolves at `time`, or when `name` is woken. The clock may jump: it is looked at again at least every second. */
  until: (time: number, name?: string) => Promise<void>;
  wake: (name: string) => void;
  wakeAll: () => void;
  /** How many wait now. */
  sleeping: () => number;
}

const LOOK_MS = 1_000;

export function createWaits(now: () => number): Waits {
  const sleepers = new Map<string, () => void>();
  let unnamed = 0;
  return {
    until: async (time, name = `#${unnamed++}`) => {
      for (let left = time - now(); left > 0; left = time - now()) {
        const woken = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), Math.min(left, LOOK_MS));
          sleepers.set(name, () => {
            clearTimeout(timer);
            resolve(true);
          });
        });
        sleepers.delete(name);
        if (woken) return;
      }
    },
    wake: (name) => sleepers.get(name)?.(),
    sleeping: () => sleepers.size,
    wakeAll: () => {
      for (const wake of [...sleepers.values()]) wake();
    },
  };
}
