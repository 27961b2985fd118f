import type { Channel } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../../packages/server/src/web/metrics.ts';
import { openStage, type Stage } from '../support/stage.ts';

const TOKEN = 'a-token-of-the-test';
let open: Stage;
let locked: Stage;
beforeAll(async () => {
  open = await openStage();
  locked = await openStage({ environment: { HAZIR_METRICS_TOKEN: TOKEN } });
});
const page = (stage: Stage, headers: Record<string, string> = {}) => fetch(`${stage.served.url}/metrics`, { headers });
const sampleOf = (text: string, sample: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.split(' ')
      .at(-1),
  );

describe('/metrics', () => {
  test('tells what came in, what waits, the database, the spool and the event loop', async () => {
    const citizen = open.control.addCitizen({ name: 'Counted (demo)', phone: '919990008301' }).id;
    await open.say(citizen, 'Hi');
    const delivered = 'hazir_statuses_total{status="delivered"}';
    await expect.poll(async () => sampleOf(await (await page(open)).text(), delivered), { timeout: 15_000 }).toBe(1);
    const text = await (await page(open)).text();
    expect(sampleOf(text, 'hazir_webhook_requests_total{status="200"}')).toBeGreaterThanOrEqual(1);
    const number = `organization="demo-mumbai",number="${open.numberId}"`;
    expect(sampleOf(text, `hazir_messages_accepted_total{${number}}`)).toBe(1);
    expect(sampleOf(text, `hazir_messages_processed_total{${number}}`)).toBe(1);
    expect(sampleOf(text, `hazir_messages_sent_total{${number},lane="reply",outcome="accepted",class="none"}`)).toBe(1);
    expect(sampleOf(text, `hazir_sender_in_flight{number="${open.numberId}"}`)).toBe(0);
    expect(sampleOf(text, 'hazir_database_up')).toBe(1);
    expect(sampleOf(text, 'hazir_spool_bytes')).toBe(0);
    for (const name of [
      'hazir_database_connections{pool="path",state="idle"}',
      'nodejs_eventloop_lag_p99_seconds',
      'hazir_workers',
    ])
      expect(sampleOf(text, name)).toBeGreaterThanOrEqual(0);
    expect(text).not.toContain('919990008301');
  });

  test('shows the backlog of a stopped number by lane, and that it is stopped', async () => {
    open.control.setFaults({ fail: { code: 190, probability: 1 } });
    const citizen = open.control.addCitizen({ name: 'Held (demo)', phone: '919990008302' }).id;
    open.control.say(citizen, { numberId: open.numberId, type: 'text', text: 'Hi' });
    const sample = `hazir_number_stopped{organization="demo-mumbai",number="${open.numberId}"}`;
    await expect.poll(async () => sampleOf(await (await page(open)).text(), sample), { timeout: 15_000, interval: 500 }).toBe(1);
    const text = await (await page(open)).text();
    expect(text).toMatch(/hazir_outbox_rows\{organization="demo-mumbai",number="\d+",lane="reply",state="\w+"\} 1/);
  });

  test('is read by this machine only, or by whoever has the token', async () => {
    expect((await page(open, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
    expect((await page(locked)).status).toBe(401);
    expect((await page(locked, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await page(locked, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });

  test('counts what the message path tells it, with few labels', async () => {
    const metrics = createMetrics({
      ...{
        slugOf: () => 'pune',
        accountOf: () => '1',
        pools: () => ({}),
        spool: () => ({ bytes: 0, mostBytes: 1, oldestAt: undefined }),
      },
      backlog: () => Promise.reject(new Error('away')),
    });
    const channel: Channel = {
      ...{
        id: 1,
        organizationId: 1,
        channelType: 'whatsapp',
        name: 'N',
        displayPhone: null,
        pack: 'p',
        appId: null,
        appSecret: '',
        verifyToken: '',
      },
      ...{
        messagesPerSecond: 80,
        readReceipts: true,
        stoppedReason: null,
        accountId: '106',
        businessId: 'b',
        baseUrl: '',
        version: '',
        accessToken: '',
      },
    };
    metrics.meter.accepted(channel, 3);
    metrics.meter.processed(channel, 2);
    metrics.meter.sent(channel, 'reply', 'retry', 'http:502');
    metrics.meter.failed(channel, '131026');
    metrics.meter.batch({ inputs: 2, stepMs: 1, commitMs: 4 });
    const text = await metrics.render(undefined);
    expect(sampleOf(text, 'hazir_messages_accepted_total{organization="pune",number="106"}')).toBe(3);
    expect(sampleOf(text, 'hazir_messages_processed_total{organization="pune",number="106"}')).toBe(2);
    expect(text).toContain(
      'hazir_messages_sent_total{organization="pune",number="106",lane="reply",outcome="retry",class="http"} 1',
    );
    expect(text).toContain('hazir_messages_failed_total{organization="pune",number="106",class="131026"} 1');
    expect(sampleOf(text, 'hazir_commit_duration_seconds_bucket{le="0.005"}')).toBe(1);
    expect(sampleOf(text, 'hazir_database_up')).toBe(0);
  });
});

describe('/readyz', () => {
  const ready = async () => {
    const response = await fetch(`${locked.served.url}/readyz`);
    return { status: response.status, body: await response.text() };
  };

  test('falls when a message has waited too long, and rises when it has gone', async () => {
    expect((await ready()).status).toBe(200);
    await locked.database.query(
      `insert into inbox (id, organization_id, channel_id, payload, received_at) values (gen_random_uuid(), 1, 999, '{}', now() - interval '2 minutes')`,
    );
    await expect
      .poll(ready, { timeout: 10_000, interval: 250 })
      .toMatchObject({ status: 503, body: expect.stringContaining('2 min') });
    await locked.database.query('delete from inbox where channel_id = 999');
    await expect.poll(async () => (await ready()).status, { timeout: 10_000, interval: 250 }).toBe(200);
  });

  test('falls when tables are missing, and names them', async () => {
    await locked.database.query(`delete from hazir_migrations where name = '0-store/0006-operations'`);
    expect(await ready()).toMatchObject({ status: 503, body: expect.stringContaining('0-store/0006-operations') });
    await locked.database.query(`insert into hazir_migrations (name, timestamp) values ('0-store/0006-operations', '2026')`);
    expect((await ready()).status).toBe(200);
  });
});
