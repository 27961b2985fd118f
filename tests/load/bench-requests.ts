/**
 * `npm run bench:requests`: what a service request costs when there are many. Two databases on one embedded server, one empty and
 * one with a stored past, are worked in turn: whole life cycles (opened, assigned, closed, rated), then an officer's list and
 * what lies near a place, as a map asks for it.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '@hazir/runtime';
import { loadPast, readPast, serviceMigrations } from '@hazir/services';
import { connect, type Database, freshId, makeTemporaryFolder, migrate, storeMigrations } from '@hazir/store';
import { listRequests, type RequestFilter } from '../../packages/services/src/service-requests/list.ts';
import { findNearby } from '../../packages/services/src/service-requests/nearby.ts';
import { openTestDesk, POTHOLE, type TestDesk } from '../../packages/services/src/service-requests/testing.ts';
import { transferRequest } from '../../packages/services/src/service-requests/transfer.ts';
import { MUMBAI_LANGUAGES, MUMBAI_SETTINGS, readMumbai } from '../../packages/services/src/testing.ts';
import { databaseUrl } from '../support/database-url.ts';
import { startPostgres } from './harness/postgres.ts';
import { percentile } from './world/tally.ts';

const NOW = new Date('2026-11-22T09:00:00.000Z');
/** Where the complaints of the benchmark are told: around this point, some kilometres to a side. */
const MIDDLE = { latitude: 19.0268, longitude: 72.8386 };
const SPREAD = 0.1;
const PAGE = 50;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '15' },
    lanes: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const [requests, seconds, lanes, rounds] = [values.requests, values.seconds, values.lanes, values.rounds].map(Number);
if (!(requests && seconds && lanes && rounds))
  throw new Error('--requests, --seconds, --lanes and --rounds take a number above 0');

const folder = await makeTemporaryFolder('hazir-requests-');
const server = await startPostgres(join(folder, 'database'), false);
try {
  const [empty, full] = [await open('empty'), await open('full')];
  const loading = performance.now();
  await fill(full, requests);
  const loadSeconds = round((performance.now() - loading) / 1_000);
  // What runs for the first time is slower on either; and within a minute autovacuum tells the planner how large tables are.
  for (const place of [empty, full]) {
    await measure(place);
    await place.database.query('analyze');
  }
  const measured = { empty: [] as Figures[], full: [] as Figures[] };
  for (let turn = 0; turn < rounds; turn += 1) {
    measured.empty.push(await measure(empty));
    measured.full.push(await measure(full));
  }
  const [before, after] = [middle(measured.empty), middle(measured.full)];
  const figures = {
    requests,
    loadSeconds,
    empty: before,
    full: after,
    ratio: round(after.cyclesPerSecond / before.cyclesPerSecond),
  };
  console.log(values.json ? JSON.stringify(figures) : figures);
  for (const { database } of [empty, full]) await database.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

interface Place {
  database: Database;
  desk: TestDesk;
}

interface Figures {
  cyclesPerSecond: number;
  listP95Ms: number;
  mapP95Ms: number;
}

async function open(name: string): Promise<Place> {
  const databaseName = `requests_${name}`;
  await server.database.query(`create database ${databaseName}`);
  const database = connect(databaseUrl(server.url, databaseName), { poolSize: lanes ?? 1 });
  await migrate(database, [storeMigrations, ...serviceMigrations]);
  return { database, desk: await openTestDesk(database) };
}

async function fill({ database, desk }: Place, count: number): Promise<void> {
  const source = {
    settings: MUMBAI_SETTINGS['service-requests'] ?? null,
    ...{ languages: MUMBAI_LANGUAGES, defaultLanguage: 'en', readText: readMumbai },
  };
  const { past, problems } = await readPast(source, { areaAt: async () => 'G/N', random: seededRandom('spots') });
  if (past === undefined) throw new Error(JSON.stringify(problems));
  await loadPast(database, { organizationId: desk.organizationId, past, count, seed: '1', now: NOW, randomOf: seededRandom });
  await database.query('vacuum analyze');
}

async function measure({ database, desk }: Place): Promise<Figures> {
  const { organizationId } = desk;
  const cyclesPerSecond = round(await rateOf(() => lifeCycle({ database, desk })));
  const page = (filter: Partial<RequestFilter>) => () =>
    database.transaction((tx) => listRequests(tx, { organizationId, limit: PAGE, ...filter }));
  const lists = [{}, { department: 'roads' }, { department: 'roads', area: 'G/N' }, { post: 'roads-gn' }, { dueBefore: NOW }];
  // The slowest of what officers look at: everything, a department, a ward of it, a post, what is overdue.
  const slowest = Math.max(...(await each(lists, async (filter) => percentile(await timesOf(page(filter)), 0.95))));
  const near = () => ({ serviceCode: 'pothole', at: somewhere(), metres: 1_000, limit: PAGE });
  const map = await timesOf(() => database.transaction((tx) => findNearby(tx, organizationId, near())));
  return { cyclesPerSecond, listP95Ms: round(slowest), mapP95Ms: round(percentile(map, 0.95)) };
}

/** From the complaint to the rating, each step in a transaction of its own, as it happens. */
async function lifeCycle({ database, desk }: Place): Promise<void> {
  const citizen = desk.somebody();
  const turn = { now: NOW, turn: freshId(NOW.getTime()) };
  const reference = await desk.open(citizen, turn, { ...POTHOLE, place: somewhere() });
  const assigned = await database.transaction((tx) => transferRequest(tx, desk.desk, assignment(desk, reference)));
  const closed = await desk.move(reference, 'close', NOW, { note: 'Filled' });
  for (const step of [assigned, closed]) if (!step.ok) throw new Error(step.error.code);
  await desk.ok('rate', { reference, rating: 4, reasons: [] }, citizen, { now: NOW });
}

/** To the post of another ward, which helps out. */
function assignment({ organizationId }: TestDesk, reference: string) {
  const acting = { organizationId, actor: { as: 'system' as const, id: 'bench' }, now: NOW, newId: () => freshId(NOW.getTime()) };
  return { reference, to: { post: 'roads-gs' }, note: 'To the team that is near', ...acting };
}

/** How often a second, by all lanes together. */
async function rateOf(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  const until = from + (seconds ?? 1) * 1_000;
  let done = 0;
  const lane = async () => {
    for (; performance.now() < until; done += 1) await work();
  };
  await Promise.all(Array.from({ length: lanes ?? 1 }, lane));
  return (done * 1_000) / (performance.now() - from);
}

/** Milliseconds of each of 300 in a row. */
async function timesOf(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < 300; index += 1) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return times;
}

async function each<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function somewhere(): { latitude: number; longitude: number } {
  const near = (degrees: number) => degrees + (Math.random() - 0.5) * SPREAD;
  return { latitude: near(MIDDLE.latitude), longitude: near(MIDDLE.longitude) };
}

function middle(all: readonly Figures[]): Figures {
  const of = (name: keyof Figures) =>
    percentile(
      all.map((each) => each[name]),
      0.5,
    );
  return { cyclesPerSecond: of('cyclesPerSecond'), listP95Ms: of('listP95Ms'), mapP95Ms: of('mapP95Ms') };
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
