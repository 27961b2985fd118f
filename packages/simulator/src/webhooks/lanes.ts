/**
 * Tasks one after the other within a lane, lanes beside each other. Meta promises no order of webhooks; the simulator
 * keeps the order of one citizen's first deliveries nevertheless, so that disorder is there when it is asked for by a fault
 * and a test without one is not at the mercy of two sockets.
 */
export interface Lanes {
  run: (lane: string, task: () => Promise<void>) => void;
  /** Forgets the tasks that have not begun. */
  forget: () => void;
}

export function createLanes(): Lanes {
  /** A lane that is there is busy; its list are the tasks that wait. */
  const lanes = new Map<string, (() => Promise<void>)[]>();
  const start = (lane: string, task: () => Promise<void>) => {
    void task().then(() => {
      const next = lanes.get(lane)?.shift();
      if (next === undefined) lanes.delete(lane);
      else start(lane, next);
    });
  };
  return {
    run: (lane, task) => {
      const waiting = lanes.get(lane);
      if (waiting !== undefined) {
        waiting.push(task);
        return;
      }
      lanes.set(lane, []);
      start(lane, task);
    },
    forget: () => {
      for (const waiting of lanes.values()) waiting.length = 0;
    },
  };
}
