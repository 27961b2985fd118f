/** What citizens and officers are told as time passes: once, in order, and never of a date that has moved behind their backs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type JsonObject, property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../../tests/support/database.ts';
import { loadMumbai, MUMBAI_SETTINGS, readMumbai } from '../../testing.ts';
import type { RequestDesk } from '../desk.ts';
import { listEvents } from '../history.ts';
import { findByReference, keyOf, type RequestRow } from '../records.ts';
import { after, openTestDesk, START, saveNumber, type TestDesk } from '../testing.ts';
import { transferRequest } from '../transfer.ts';
import { recountClocks } from './recount.ts';
import { runClocks } from './run-clocks.ts';

const DAY = 24;
const FOOTPATH = { category: 'footpath', description: 'Broken', area: 'G/N' };
const BILL = { category: 'property-tax-bill', description: 'Wrong name', area: 'G/N' };

/** Commits one round of steps, and stands before the second one's commit for ever. */
const DYING_WORKER = `
  import { connect } from '@hazir/store';
  import { loadMumbai } from '../../testing.ts';
  import { runClocks } from './run-clocks.ts';
  const database = connect(process.env.URL, { poolSize: 2 });
  let rounds = 0;
  const transaction = (work) => database.transaction(async (tx) => {
    const result = await work(tx);
    rounds += 1;
    if (rounds === 2) await new Promise(() => process.stdout.write('standing'));
    return result;
  });
  const desks = new Map([[Number(process.env.ORGANIZATION), loadMumbai().requestDesk]]);
  await runClocks({ ...database, transaction }, { now: new Date(process.env.NOW), desks });
`;

let database: Database;
let desk: TestDesk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

beforeEach(async () => {
  await database.query(
    'delete from service_requests; delete from service_request_events; delete from service_request_notices; delete from service_request_clock_rules',
  );
});

afterAll(() => database.close());

describe('a clock that nobody stops', () => {
  test('warns the officer, then goes up one post after another, and says each time by when', async () => {
    const reference = await open(FOOTPATH);
    for (let hour = 0; hour <= 60 * DAY; hour += 6) await run(after(hour));
    expect(await steps(reference)).toEqual([
      ['due_date_neared', 6, null],
      ['due_date_passed', 7, null],
      ['service_request_escalated', 7, 'ward-gn'],
      ['service_request_escalated', 14, 'deputy-commissioner'],
      ['service_request_escalated', 21, 'additional-commissioner'],
      ['service_request_escalated', 28, 'commissioner'],
    ]);
    expect(await row(reference)).toMatchObject({ escalation_level: 4, expected_at: after(28 * DAY), clock_at: null });
  });

  test('catches up in order after a worker was away for a month, and warns of nothing that is late already', async () => {
    const reference = await open(FOOTPATH);
    await run(after(30 * DAY));
    expect((await steps(reference)).map(([type, , post]) => [type, post])).toEqual([
      ['due_date_passed', null],
      ['service_request_escalated', 'ward-gn'],
      ['service_request_escalated', 'deputy-commissioner'],
      ['service_request_escalated', 'additional-commissioner'],
      ['service_request_escalated', 'commissioner'],
    ]);
  });

  test('does each step once, however many workers look at the same time', async () => {
    const references = await Promise.all(Array.from({ length: 20 }, () => open(FOOTPATH)));
    await Promise.all([1, 2, 3, 4].map(() => run(after(15 * DAY))));
    for (const reference of references) expect((await steps(reference)).map(([type]) => type)).toHaveLength(3);
    const { rows } = await database.query('select 1 from service_request_notices where contact_id is not null');
    expect(rows).toHaveLength(2 * references.length);
  });

  test('a step that is not committed is taken again, whole', async () => {
    const reference = await open(FOOTPATH);
    const crash = database.transaction(async (tx) => {
      await runClocks({ ...database, transaction: (work) => work(tx) }, { now: after(8 * DAY), desks: desks() });
      throw new Error('killed');
    });
    await expect(crash).rejects.toThrow('killed');
    expect(await steps(reference)).toEqual([]);
    await run(after(8 * DAY));
    expect(await steps(reference)).toHaveLength(2);
  });

  test('a worker that is killed with -9 between two rungs leaves nothing half done and nothing to be done twice', async () => {
    const references = await Promise.all(Array.from({ length: 10 }, () => open(FOOTPATH)));
    const worker = spawn(process.execPath, ['--input-type=module', '-e', DYING_WORKER], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, URL: database.url, ORGANIZATION: String(desk.organizationId), NOW: after(15 * DAY).toISOString() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(worker.stdout, 'data');
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
    for (const reference of references) expect(await steps(reference)).toHaveLength(1);
    // Until the database has noticed that the other side is gone, it keeps the rows for it.
    await expect.poll(() => run(after(15 * DAY)).then(() => steps(references[0] ?? ''))).toHaveLength(3);
    for (const reference of references) expect((await steps(reference)).map(([type]) => type)).toHaveLength(3);
  });

  test('stops with the request, and begins again when it is opened again', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject, {}, FOOTPATH);
    await desk.close(reference, after(6 * DAY));
    await run(after(20 * DAY));
    expect(await steps(reference)).toEqual([]);
    await desk.ok('reopen', { reference }, subject, { now: after(8 * DAY) });
    expect(await row(reference)).toMatchObject({ expected_at: after(15 * DAY), escalation_level: 0, clock_stage: 'running' });
    await run(after(16 * DAY));
    expect((await steps(reference)).at(-1)).toEqual(['service_request_escalated', 16, 'ward-gn']);
  });
});

describe('a clock that is stopped', () => {
  test('stands still for a listed reason and promises nothing meanwhile; then the citizen gets the new date', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject, {}, FOOTPATH);
    await desk.move(reference, 'hold', after(2 * DAY), { reason: 'weather' });
    expect(await desk.find(reference, subject)).toMatchObject({ paused: true, expectedAt: null, overdue: false });
    await run(after(20 * DAY));
    expect(await steps(reference)).toEqual([]);
    await desk.move(reference, 'start', after(20 * DAY));
    expect(await row(reference)).toMatchObject({ due_at: after(25 * DAY), expected_at: after(25 * DAY), paused_at: null });
    expect(await told(reference, subject)).toMatchObject({ expectedWas: null, expectedNow: after(25 * DAY).toISOString() });
  });

  test('goes on for any other reason', async () => {
    const reference = await open(FOOTPATH);
    await desk.move(reference, 'hold', after(2 * DAY), { reason: 'material' });
    expect(await row(reference)).toMatchObject({ due_at: after(7 * DAY), paused_at: null });
  });

  test('a breach stays one: waiting afterwards moves the next post, not the past', async () => {
    const reference = await open(FOOTPATH);
    await run(after(8 * DAY));
    await desk.move(reference, 'seek_sanction', after(10 * DAY), { note: 'Above our budget' });
    await run(after(40 * DAY));
    expect(await row(reference)).toMatchObject({ due_at: after(7 * DAY), escalation_level: 1, expected_at: null });
    await desk.move(reference, 'start', after(40 * DAY));
    expect(await row(reference)).toMatchObject({ due_at: after(7 * DAY), expected_at: after(44 * DAY), clock_stage: 'breached' });
  });
});

describe('a promise that changes', () => {
  test('a transfer to a category with another time keeps the clock, and tells the date', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject, {}, FOOTPATH);
    const acting = { organizationId: desk.organizationId, actor: { as: 'system' as const, id: 'desk' }, now: after(5) };
    const newId = () => crypto.randomUUID();
    const to = { category: 'pothole' };
    await database.transaction((tx) => transferRequest(tx, desk.desk, { reference, to, note: 'A hole', ...acting, newId }));
    expect(await row(reference)).toMatchObject({ due_at: after(24) });
    expect(await told(reference, subject)).toMatchObject({
      expectedWas: after(7 * DAY).toISOString(),
      expectedNow: after(24).toISOString(),
    });
  });

  test('a new holiday moves open requests in batches, tells them once, and leaves round-the-clock ones alone', async () => {
    const subject = desk.somebody();
    const bills = [await desk.open(subject, {}, BILL), ...(await Promise.all(Array.from({ length: 250 }, () => open(BILL))))];
    const footpath = await open(FOOTPATH);
    await recountClocks(database, { now: after(1), desks: desks() });
    expect(await row(bills[0])).toMatchObject({ expected_at: new Date('2026-12-02T18:15:00+05:30') });
    const later = withHoliday('2026-11-26');
    expect(await recountClocks(database, { now: after(2), desks: desks(later) })).toBe(251);
    expect(await recountClocks(database, { now: after(2), desks: desks(later) })).toBe(0);
    expect(await row(bills[0])).toMatchObject({ expected_at: new Date('2026-12-03T18:15:00+05:30') });
    expect(await told(bills[0] ?? '', subject)).toMatchObject({
      type: 'expected_date_moved',
      expectedWas: new Date('2026-12-02T18:15:00+05:30').toISOString(),
    });
    expect(await steps(footpath)).toEqual([]);
  });

  test('a recount that was cut short goes on where it was, and tells nobody twice', async () => {
    for (let count = 0; count < 210; count += 1) await open(BILL);
    await recountClocks(database, { now: after(1), desks: desks() });
    const later = desks(withHoliday('2026-11-26'));
    let batches = 0;
    const dying: Database = {
      ...database,
      transaction: (work) => {
        batches += 1;
        if (batches > 1) throw new Error('killed');
        return database.transaction(work);
      },
    };
    await expect(recountClocks(dying, { now: after(2), desks: later })).rejects.toThrow('killed');
    expect(await recountClocks(database, { now: after(3), desks: later })).toBe(10);
    const { rows } = await database.query("select 1 from service_request_events where type = 'expected_date_moved'");
    expect(rows).toHaveLength(210);
  });

  test('a holiday that comes before its own recount is kept to by the clock itself', async () => {
    const reference = await open(BILL);
    const later = desks(withHoliday('2026-12-02'));
    await runClocks(database, { now: new Date('2026-12-02T18:15:00+05:30'), desks: later });
    expect((await steps(reference)).map(([type]) => type)).toEqual(['expected_date_moved', 'due_date_neared']);
    await runClocks(database, { now: new Date('2026-12-03T18:15:00+05:30'), desks: later });
    expect((await steps(reference)).map(([type]) => type)).toEqual([
      'expected_date_moved',
      'due_date_neared',
      'due_date_passed',
      'service_request_escalated',
    ]);
  });
});

test('officers hear too: the responsible post of the warning, the post above of what reaches it', async () => {
  const posts = [
    'post,department,areas,categories,reports_to,phone,name',
    'head,roads,,,,+91 22 5550 1111,Head',
    'roads-all,roads,,,head,+91 22 5550 2222,Roads',
  ];
  const { notifications: _, ...rest } = MUMBAI_SETTINGS['service-requests'] ?? {};
  const files = {
    'data/posts.csv': `${posts.join('\n')}\n`,
    'data/clocks.yaml':
      'ladders: [{ code: up, rungs: [{ after: 0h, to: { above: 1 }, tells: [escalated] }] }]\npolicies: [{ code: all, warn: 1h, ladder: up }]\n',
  };
  const own = loadMumbai({ files, settings: { 'service-requests': rest } }).requestDesk;
  if (own === undefined) throw new Error('no desk');
  await saveNumber(database, desk.organizationId);
  const subject = desk.somebody();
  const opened = await desk.open(subject, {}, FOOTPATH);
  await database.query("update service_requests set department = 'roads', post = 'roads-all'");
  await database.query('delete from service_request_notices');
  await runClocks(database, { now: after(7 * DAY - 1), desks: desks(own) });
  expect(await phones()).toEqual(['+912255502222']);
  await runClocks(database, { now: after(8 * DAY), desks: desks(own) });
  expect(await phones()).toEqual(['+912255501111', '+912255502222', '+912255502222']);
  expect((await steps(opened)).at(-1)).toEqual(['service_request_escalated', 8, 'head']);
});

async function phones(): Promise<string[]> {
  const { rows } = await database.query<{ phone: string }>('select phone from service_request_notices where phone is not null');
  return rows.map(({ phone }) => phone).sort();
}

function open(input: JsonObject): Promise<string> {
  return desk.open(desk.somebody(), {}, input);
}

function desks(own: RequestDesk = desk.desk) {
  return new Map([[desk.organizationId, own]]);
}

function run(now: Date): Promise<number> {
  return runClocks(database, { now, desks: desks() });
}

async function row(reference: string | undefined): Promise<RequestRow> {
  const found = await findByReference(database, desk.organizationId, { reference: reference ?? '' });
  if (found === undefined) throw new Error(`no ${reference}`);
  return found;
}

/** What the clock did: what, on which day, and which post it went to. */
async function steps(reference: string): Promise<[string, number, string | null][]> {
  const events = await listEvents(database, keyOf(await row(reference)), 50);
  return events
    .filter(({ actor }) => actor === 'clock')
    .map(({ type, happened_at, details }) => [
      type,
      Math.floor((happened_at.getTime() - START.getTime()) / 3_600_000 / DAY),
      textProperty(details, 'post') ?? null,
    ]);
}

/** What the citizen is told of the last thing that happened. */
async function told(reference: string, subject: Parameters<TestDesk['find']>[1]) {
  const last = (await listEvents(database, keyOf(await row(reference)), 1))[0];
  return property({ news: await desk.ok('news', { reference, event: last?.id ?? '' }, subject) }, 'news');
}

function withHoliday(date: string): RequestDesk {
  const text = readMumbai('data/calendars.yaml') ?? '';
  const files = { 'data/calendars.yaml': text.replace('    days:\n', `    days:\n      - { date: ${date}, name: Added }\n`) };
  const found = loadMumbai({ files }).requestDesk;
  if (found === undefined) throw new Error('no desk');
  return found;
}
