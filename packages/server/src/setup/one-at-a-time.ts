/** Work that is begun again and again, never twice at once. */
export interface OneAtATime {
  /** Waits for what is under way, then works once; whoever comes meanwhile gets the same. */
  run: () => Promise<void>;
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>;
}

export function oneAtATime(work: () => Promise<void>): OneAtATime {
  let running: Promise<void> | undefined;
  const idle = async () => void (await Promise.allSettled([running]));
  return {
    run: async () => {
      await idle();
      running ??= work().finally(() => {
        running = undefined;
      });
      await running;
    },
    idle,
  };
}
