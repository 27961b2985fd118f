/** What stands at this moment: read when somebody asks. */
import type { NumberState } from '@hazir/runtime';
import type { Backlog } from '@hazir/store';
import { Gauge, type Registry } from 'prom-client';

/** What a runtime tells of itself. */
export interface Working {
  held: () => number[];
  senders?: () => NumberState[];
}

/** Where the moment's numbers come from. */
export interface Watched {
  slugOf: (organizationId: number) => string;
  accountOf: (channelId: number) => string;
  /** At most a few seconds old; rejects while the database is away. */
  backlog: () => Promise<Backlog>;
  pools: () => Record<string, { total: number; idle: number; waiting: number }>;
  spool: () => { bytes: number; mostBytes: number; oldestAt: number | undefined };
}

const STATES = ['posting', 'due', 'in_doubt'];
const CIRCUITS = { closed: 0, half_open: 1, open: 2 } as const;

export interface Gauges {
  read: (runtime: Working | undefined) => Promise<void>;
}

export function addGauges(registry: Registry, watched: Watched): Gauges {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames, registers: [registry] });
  const up = gauge('hazir_database_up', '1 while the database answers.');
  const connections = gauge('hazir_database_connections', 'Connections of this process.', ['pool', 'state']);
  const spool = gauge('hazir_spool_bytes', 'Webhooks that wait on the disk until the database is back.');
  const spoolMost = gauge('hazir_spool_limit_bytes', 'Room for webhooks on the disk.');
  const spoolOldest = gauge('hazir_spool_oldest_seconds', 'Age of the oldest webhook on the disk.');
  const readBacklog = backlogGauges(gauge);
  const readSenders = senderGauges(gauge, watched);
  return {
    read: async (runtime) => {
      connections.reset();
      for (const [pool, { total, idle, waiting }] of Object.entries(watched.pools())) {
        for (const [state, value] of Object.entries({ busy: total - idle, idle, waiting }))
          connections.set({ pool, state }, value);
      }
      const { bytes, mostBytes, oldestAt } = watched.spool();
      spool.set(bytes);
      spoolMost.set(mostBytes);
      spoolOldest.set(oldestAt === undefined ? 0 : Math.max(0, Date.now() - oldestAt) / 1_000);
      if (runtime !== undefined) readSenders(runtime);
      const backlog = await watched.backlog().catch(() => undefined);
      up.set(backlog === undefined ? 0 : 1);
      // Old numbers are worse than none: while the database is away there are none.
      readBacklog(backlog);
    },
  };
}

type MakeGauge = <Label extends string>(name: string, help: string, labelNames?: Label[]) => Gauge<Label>;

function backlogGauges(gauge: MakeGauge): (backlog: Backlog | undefined) => void {
  const inbox = gauge('hazir_inbox_rows', 'Inputs that wait.', ['organization', 'number']);
  const inboxAge = gauge('hazir_inbox_oldest_seconds', 'How long the oldest input has waited.', ['organization', 'number']);
  const outbox = gauge('hazir_outbox_rows', 'Messages of ours that wait.', ['organization', 'number', 'lane', 'state']);
  const outboxAge = gauge('hazir_outbox_oldest_seconds', 'Age of what the oldest message of a lane answers.', [
    'organization',
    'number',
    'lane',
  ]);
  const parked = gauge('hazir_parked_messages', 'Messages that were set aside and wait for an operator.', [
    'organization',
    'direction',
  ]);
  const stopped = gauge('hazir_number_stopped', '1 for a number whose queue is held.', ['organization', 'number']);
  const workers = gauge('hazir_workers', 'Processes that work numbers, of the whole installation.');
  const all = [inbox, inboxAge, outbox, outboxAge, parked, stopped, workers];
  return (backlog) => {
    for (const one of all) one.reset();
    if (backlog === undefined) return;
    const age = (at: Date) => Math.max(0, Date.now() - at.getTime()) / 1_000;
    for (const row of backlog.inbox) {
      inbox.set({ organization: row.organization, number: row.account }, row.rows);
      inboxAge.set({ organization: row.organization, number: row.account }, age(row.oldest));
    }
    const oldest = new Map<string, number>();
    for (const { organization, account: number, lane, state, rows, oldest: at } of backlog.outbox) {
      outbox.set({ organization, number, lane, state: STATES[state] ?? 'due' }, rows);
      const key = `${number}|${lane}`;
      oldest.set(key, Math.max(oldest.get(key) ?? 0, age(at)));
      outboxAge.set({ organization, number, lane }, oldest.get(key) ?? 0);
    }
    for (const { organization, direction, rows } of backlog.parked) parked.inc({ organization, direction }, rows);
    for (const { organization, account: number } of backlog.stopped) stopped.set({ organization, number }, 1);
    workers.set(backlog.workers);
  };
}

function senderGauges(gauge: MakeGauge, { accountOf }: Watched): (runtime: Working) => void {
  const held = gauge('hazir_numbers_held', 'Numbers that this process works.');
  const flight = gauge('hazir_sender_in_flight', 'Posts under way.', ['number']);
  const queued = gauge('hazir_sender_queued', 'Messages in the memory of the sender.', ['number', 'lane']);
  const circuit = gauge('hazir_sender_circuit', '0 closed, 1 trying, 2 open: the provider does not answer.', ['number']);
  const rate = gauge('hazir_sender_rate', 'Messages a second that the number may send now.', ['number']);
  return (runtime) => {
    for (const one of [flight, queued, circuit, rate]) one.reset();
    held.set(runtime.held().filter((id) => id !== 0).length);
    for (const state of runtime.senders?.() ?? []) {
      const number = accountOf(state.channelId);
      flight.set({ number }, state.inFlight);
      for (const [lane, rows] of Object.entries(state.queued)) queued.set({ number, lane }, rows);
      circuit.set({ number }, CIRCUITS[state.circuit]);
      rate.set({ number }, state.rate);
    }
  };
}
