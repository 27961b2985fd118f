/**
 * The numbers of /metrics, in Prometheus' text format. What happens is counted as it happens; what waits is read from the database
 * when somebody asks, at most every few seconds. Labels are few: organization, number (the provider's account id), lane.
 */
import type { Meter, ProviderCallMeter } from '@hazir/runtime';
import type { Channel } from '@hazir/store';
import { Counter, type CounterConfiguration, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { addGauges, type Watched, type Working } from './metrics-gauges.ts';

export interface Metrics {
  meter: Meter;
  webhook: (status: number, ms: number) => void;
  provider: ProviderCallMeter;
  /** The page. `runtime` is there once it has started. */
  render: (runtime: Working | undefined) => Promise<string>;
  contentType: string;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

export function createMetrics(watched: Watched): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const counts = createCounts(registry);
  const times = createTimes(registry);
  const own = (channel: Channel) => ({ organization: watched.slugOf(channel.organizationId), number: channel.accountId });
  const byStatus = new Map<number, Counter.Internal>();
  const gauges = addGauges(registry, watched);
  return {
    contentType: registry.contentType,
    meter: {
      accepted: (channel, messages) => counts.accepted.inc(own(channel), messages),
      processed: (channel, inputs) => counts.processed.inc(own(channel), inputs),
      batch: ({ inputs, stepMs, commitMs }) => {
        times.batch.observe(inputs);
        times.step.observe(stepMs / 1_000);
        times.commit.observe(commitMs / 1_000);
      },
      statuses: (status, count) => counts.statuses.inc({ status }, count),
      sent: (channel, lane, outcome, code) => counts.sent.inc({ ...own(channel), lane, outcome, class: classOf(code) }),
      failed: (channel, code) => counts.failed.inc({ ...own(channel), class: classOf(code) }),
      parked: (channel, direction) => counts.parked.inc({ ...own(channel), direction }),
      postMs: (_channelId, ms) => times.post.observe(ms / 1_000),
      waitMs: (lane, ms) => times.wait.observe({ lane }, ms / 1_000),
    },
    provider: ({ organizationId, provider, task, outcome, ms, rupees }) => {
      const organization = watched.slugOf(organizationId);
      counts.providers.inc({ organization, provider, task, outcome });
      counts.rupees.inc({ organization, provider }, rupees);
      times.provider.observe({ provider, task }, ms / 1_000);
    },
    webhook: (status, ms) => {
      const counted = byStatus.get(status) ?? counts.webhooks.labels(String(status));
      byStatus.set(status, counted);
      counted.inc();
      times.webhook.observe(ms / 1_000);
    },
    render: async (runtime) => {
      await gauges.read(runtime);
      return registry.metrics();
    },
  };
}

function createCounts(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter<Label>({ name, help, labelNames, registers: [registry] } satisfies CounterConfiguration<Label>);
  return {
    accepted: counter('hazir_messages_accepted_total', 'Messages of citizens that are durable in the inbox.', [
      'organization',
      'number',
    ]),
    processed: counter('hazir_messages_processed_total', 'Inputs whose effects are committed.', ['organization', 'number']),
    sent: counter('hazir_messages_sent_total', 'Attempts to send, by what became of them.', [
      ...(['organization', 'number', 'lane', 'outcome', 'class'] as const),
    ]),
    failed: counter('hazir_messages_failed_total', 'Messages of ours that were given up, by class.', [
      'organization',
      'number',
      'class',
    ]),
    parked: counter('hazir_messages_parked_total', 'Messages that were set aside.', ['organization', 'number', 'direction']),
    providers: counter('hazir_provider_calls_total', 'Calls to providers of speech and language, by what became of them.', [
      ...(['organization', 'provider', 'task', 'outcome'] as const),
    ]),
    rupees: counter('hazir_provider_rupees_total', 'What calls to providers have cost.', ['organization', 'provider']),
    statuses: counter('hazir_statuses_total', 'Statuses that the provider reported.', ['status']),
    webhooks: counter('hazir_webhook_requests_total', 'Webhook requests by the status that we answered.', ['status']),
  };
}

function createTimes(registry: Registry) {
  const histogram = <Label extends string>(
    name: string,
    help: string,
    { labelNames = [], buckets = SECONDS }: { labelNames?: Label[]; buckets?: number[] } = {},
  ) => new Histogram<Label>({ name, help, labelNames, buckets, registers: [registry] });
  return {
    webhook: histogram('hazir_webhook_duration_seconds', 'From the first byte of a webhook to our answer.'),
    batch: histogram('hazir_batch_size', 'Inputs in one commit.', { buckets: SIZES }),
    step: histogram('hazir_step_duration_seconds', 'Flows of one batch, from reading to deciding.'),
    commit: histogram('hazir_commit_duration_seconds', 'The commit of one batch.'),
    post: histogram('hazir_post_duration_seconds', 'One post to the provider.'),
    provider: histogram('hazir_provider_duration_seconds', 'Calls to providers, second tries included.', {
      labelNames: ['provider', 'task'],
    }),
    wait: histogram('hazir_send_wait_seconds', 'From the time at which a message was due until its post.', {
      labelNames: ['lane'],
    }),
  };
}

/** Few enough to be a label: "http:502" is "http", 131026 is itself, anything odd is "other". */
function classOf(code: string | undefined): string {
  if (code === undefined) return 'none';
  return /^\d{1,7}$/.test(code) ? code : (/^[a-z][a-z-]{0,30}/.exec(code)?.[0] ?? 'other');
}
