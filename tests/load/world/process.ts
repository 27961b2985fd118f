/** The load world as a process of its own, spoken to over the parent's channel: one JSON text for each call and each answer. */
import type { WorldCalls } from './calls.ts';
import { createWorld, type World } from './create-world.ts';
import { burst, drain, introduce, type Offering, offerClosed, offerOpen } from './modes.ts';
import { percentile, startMeasuring } from './tally.ts';

let world: World | undefined;
let offerings: Offering[] = [];

const there = (): World => {
  if (world === undefined) throw new Error('the world is not open yet');
  return world;
};

function latencies(times: readonly number[]) {
  return { p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), p99Ms: percentile(times, 0.99) };
}

function stop(): void {
  for (const offering of offerings) offering.stop();
  offerings = [];
}

const calls: WorldCalls = {
  open: async (options) => {
    world = await createWorld(options);
    return world.graphPort;
  },
  introduce: async (indexes) => introduce(there(), indexes),
  offerClosed: async (citizens) => {
    offerings.push(offerClosed(there(), citizens));
  },
  offerOpen: async (load) => {
    offerings.push(offerOpen(there(), load));
  },
  burst: async (count) => burst(there(), count),
  stop: async () => stop(),
  measure: async () => startMeasuring(there().tally),
  read: async () => {
    const { tally } = there();
    tally.measuring = false;
    const { replyMs, ackMs, measuring: _, ...counts } = tally;
    return {
      ...counts,
      unanswered: there().unanswered(),
      webhooks: ackMs.length,
      ...latencies(replyMs.flat()),
      organizations: replyMs.map((times) => ({ replies: times.length, ...latencies(times) })),
      ackP50Ms: percentile(ackMs, 0.5),
      ackP99Ms: percentile(ackMs, 0.99),
      ackMaxMs: percentile(ackMs, 1),
    };
  },
  drain: async (withinMs) => drain(there(), withinMs),
  close: async () => {
    stop();
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
