/** The log, read and saved by those who may: filters, pages, names, and that reading it stands in it. */
import { type Json, property, textProperty } from '@hazir/core';
import { freshId } from '@hazir/store';
import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { recordAudit } from '../../packages/server/src/auth/record-audit.ts';
import { openTestDatabase } from '../support/database.ts';
import { type Api, openApi, type Reply, signInAs } from './support.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let api: Api;
let watcher: string;
let roads: string;

beforeAll(async () => {
  database = await openTestDatabase();
  api = await openApi(database);
  const city = api.cities.own;
  watcher = await signInAs(api, database, { email: 'watch@demo.invalid', grants: [{ role: 'supervisor', city }] });
  roads = await signInAs(api, database, { email: 'roads@demo.invalid', grants: [{ role: 'officer', post: 'roads-gn', city }] });
});

function entriesIn({ body }: Reply): Json[] {
  const entries = property(body, 'entries');
  return Array.isArray(entries) ? entries : [];
}
const actionsIn = (reply: Reply) => entriesIn(reply).map((entry) => textProperty(entry, 'action'));
const codeOf = ({ status, body }: Reply) => `${status} ${textProperty(body, 'code')}`;

test('says who did what, the latest first, by name; an officer of the wards does not read it', async () => {
  const reference = await api.cities.own.open();
  await api.browse(`/requests/${reference}`, roads);
  api.clock.now += 1_000;
  await api.browse(`/requests/${reference}/notes`, roads, { body: { note: 'Asha Rao called' } });
  const typed = reference.toLowerCase().replaceAll('-', ' ');
  const read = await api.browse(`/audit?subject=${encodeURIComponent(typed)}`, watcher);
  expect(actionsIn(read)).toEqual(['request.notes', 'request.seen']);
  expect(entriesIn(read)[0]).toMatchObject({ subject: reference, actor: { name: 'roads@demo.invalid (test)' } });
  expect(JSON.stringify(read.body)).not.toContain('Asha');
  expect(codeOf(await api.browse('/audit', roads))).toBe('403 api:scope');
  expect(codeOf(await api.browse('/audit.csv', roads))).toBe('403 api:scope');
});

test('is read by pages that miss nothing and repeat nothing, also of one millisecond', async () => {
  const organizationId = api.cities.own.organizationId;
  const now = new Date(api.clock.now);
  const subject = freshId(api.clock.now);
  for (let n = 0; n < 5; n += 1)
    await recordAudit(database, { organizationId, actor: 'key-x', address: '', action: 'ticket.seen', subject, now });
  const seen: string[] = [];
  let after = '';
  do {
    const page = await api.browse(`/audit?subject=${subject}&action=ticket.seen&limit=2${after && `&after=${after}`}`, watcher);
    seen.push(...entriesIn(page).map((entry) => textProperty(entry, 'id') ?? ''));
    after = textProperty(page.body, 'next') ?? '';
  } while (after !== '');
  expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
});

test('is narrowed by actor, action, citizen and time', async () => {
  const organizationId = api.cities.own.organizationId;
  const at = (hour: number) => new Date(Date.UTC(2025, 0, 1, hour));
  const contactId = freshId(1);
  const event = { organizationId, address: '192.0.2.1', subject: 'filtered' };
  await recordAudit(database, { ...event, actor: 'key-a', action: 'ticket.seen', contactId, now: at(1) });
  await recordAudit(database, { ...event, actor: 'key-b', action: 'ticket.seen', now: at(2) });
  await recordAudit(database, { ...event, actor: 'key-b', action: 'ticket.noted', now: at(3) });
  const count = async (query: string) => entriesIn(await api.browse(`/audit?${query}`, watcher)).length;
  expect(await count('actor=key-b&subject=filtered')).toBe(2);
  expect(await count('actor=key-b&action=ticket.seen')).toBe(1);
  expect(await count(`contact=${contactId}`)).toBe(1);
  expect(await count('from=2025-01-01T02:00:00Z&to=2025-01-01T03:00:00Z')).toBe(1);
  expect(codeOf(await api.browse('/audit?action=nothing', watcher))).toBe('400 api:bad-request');
});

test('is saved as CSV in which nothing runs, and what was saved stands in it', async () => {
  const organizationId = api.cities.own.organizationId;
  const now = new Date(api.clock.now);
  await recordAudit(database, {
    organizationId,
    actor: 'key-x',
    address: '=1+1',
    action: 'ticket.seen',
    subject: '@SUM(A1)',
    now,
  });
  api.clock.now += 1_000;
  const saved = await api.browse('/audit.csv', watcher);
  expect(saved.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const rows: Record<string, string>[] = parse(String(saved.body), { columns: true });
  expect(rows).toContainEqual(expect.objectContaining({ address: "'=1+1", subject: "'@SUM(A1)", actor: 'key-x' }));
  const { rows: written } = await database.query<{ details: unknown }>(
    "select details from audit_events where action = 'audit.exported'",
  );
  expect(written).toEqual([{ details: { rows: rows.length } }]);
  api.clock.now += 1_000;
  expect(actionsIn(await api.browse('/audit?limit=1', watcher))).toEqual(['audit.exported']);
});

test('of many pages of rows comes whole', async () => {
  const { organizationId } = api.cities.other;
  const city = api.cities.other;
  const other = await signInAs(api, database, { email: 'other@demo.invalid', grants: [{ role: 'administrator', city }] });
  await database.query(
    `insert into audit_events (organization_id, id, actor, action, happened_at)
     select $1, gen_random_uuid(), 'key-x', 'ticket.seen', timestamptz '2025-01-01' + make_interval(secs => n / 3) from generate_series(1, 5001) n`,
    [organizationId],
  );
  const saved = await api.browse('/audit.csv', other);
  const rows: Record<string, string>[] = parse(String(saved.body), { columns: true });
  expect(rows).toHaveLength(5_001);
  expect(rows.map(({ happened_at: at }) => at)).toEqual(
    rows
      .map(({ happened_at: at }) => at)
      .sort()
      .reverse(),
  );
  const words = await api.browse('/audit/vocabulary', other);
  const actors = property(words.body, 'actors');
  expect(actors).toHaveLength(2);
  expect(actors).toContainEqual({ id: 'key-x', name: null });
  expect(actors).toContainEqual({ id: expect.stringMatching(/^officer-/), name: 'other@demo.invalid (test)' });
});

test('of more rows than a file holds is refused', async () => {
  const { organizationId } = api.cities.other;
  await database.query(
    `insert into audit_events (organization_id, id, actor, action, happened_at)
     select $1, gen_random_uuid(), 'key-y', 'ticket.seen', '2024-01-01' from generate_series(1, 200001)`,
    [organizationId],
  );
  const city = api.cities.other;
  const other = await signInAs(api, database, { email: 'other2@demo.invalid', grants: [{ role: 'administrator', city }] });
  expect(codeOf(await api.browse('/audit.csv', other))).toBe('422 audit:too-many');
  expect((await api.browse('/audit.csv?from=2025-01-01T00:00:00Z', other)).status).toBe(200);
  expect(api.faults).toEqual([]);
});
