/** The load world as a process of its own, spoken to over the parent's channel: one JSON text for each call and each answer. */
import type { WorldCalls } from './calls.ts';
import { createWorld, type World } from './create-world.ts';
import { burst, drain, introduce, type Offering, offerClosed, offerOpen } from './modes.ts';
import { percentile, startMeasuring } from './tally.ts';

let world: World | undefined;
let offering: Offering | undefined;

const there = (): World => {
  if (world === undefined) throw new Error('the world is not open yet');
  return world;
};

const calls: WorldCalls = {
  open: async (options) => {
    world = await createWorld(options);
    return world.graphPort;
  },
  introduce: async (indexes) => introduce(there(), indexes),
  offerClosed: async (citizens) => {
    offering?.stop();
    offering = offerClosed(there(), citizens);
  },
  offerOpen: async (rate) => {
    offering?.stop();
    offering = offerOpen(there(), rate);
  },
  burst: async (count) => burst(there(), count),
  stop: async () => offering?.stop(),
  measure: async () => startMeasuring(there().tally),
  read: async () => {
    const { tally } = there();
    tally.measuring = false;
    const { replyMs, ackMs, measuring: _, ...counts } = tally;
    return {
      ...counts,
      unanswered: there().unanswered(),
      webhooks: ackMs.length,
      p50Ms: percentile(replyMs, 0.5),
      p95Ms: percentile(replyMs, 0.95),
      p99Ms: percentile(replyMs, 0.99),
      ackP50Ms: percentile(ackMs, 0.5),
      ackP99Ms: percentile(ackMs, 0.99),
      ackMaxMs: percentile(ackMs, 1),
    };
  },
  drain: async (withinMs) => drain(there(), withinMs),
  close: async () => {
    offering?.stop();
    await world?.close();
  },
};

process.on('message', (text) => {
  const { id, call, value }: { id: number; call: keyof WorldCalls; value: never } = JSON.parse(String(text));
  const run = async () => calls[call](value);
  run().then(
    (result) => process.send?.(JSON.stringify({ id, result })),
    (error: unknown) => process.send?.(JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) })),
  );
});
// The parent is gone: so are we.
process.on('disconnect', () => process.exit(0));
