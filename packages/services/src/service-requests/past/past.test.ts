import { type Database, ensureOrganization } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../../tests/support/database.ts';
import { MUMBAI_LANGUAGES, MUMBAI_SETTINGS, readMumbai } from '../../testing.ts';
import { loadPast, removePast } from './load-past.ts';
import { PAST_FILE } from './plan.ts';
import { type Past, readPast } from './read-past.ts';

const NOW = new Date('2026-11-20T06:00:00.000Z');
const COUNT = 12_000;
const draws = (name: string) => {
  let state = [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
};
const source = {
  settings: MUMBAI_SETTINGS['service-requests'] ?? null,
  languages: MUMBAI_LANGUAGES,
  defaultLanguage: 'en',
  readText: readMumbai,
};
const read = (readText: (path: string) => string | undefined) =>
  readPast({ ...source, readText }, { areaAt: async () => 'G/N', random: draws('spots') });

let database: Database;
let organizationId: number;
let past: Past;

beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'past', 'Past')).id;
  const found = await read(readMumbai);
  if (found.past === undefined) throw new Error(JSON.stringify(found.problems));
  past = found.past;
  await loadPast(database, { organizationId, past, count: COUNT, seed: '1', now: NOW, randomOf: draws });
});

async function shareOf(what: string, of = 'true'): Promise<number> {
  const { rows } = await database.query<{ share: number }>(
    `select avg((${what})::int)::float8 as share from service_requests r where organization_id = $1 and ${of}`,
    [organizationId],
  );
  return rows[0]?.share ?? -1;
}

test('as many as asked for, each with a reference of its own', async () => {
  const { rows } = await database.query(
    'select count(*)::int as requests, count(distinct reference)::int as "references" from service_requests where organization_id = $1',
    [organizationId],
  );
  expect(rows).toEqual([{ requests: COUNT, references: COUNT }]);
});

test('drains, the monsoon and the top of the ladder have their published shares', async () => {
  const drains = past.world.groups.find(([code]) => code === 'drains')?.[1].map(({ code }) => `'${code}'`);
  expect(await shareOf(`service_code in (${drains})`)).toBeCloseTo(0.16, 1);
  expect(await shareOf('extract(month from created_at) between 6 and 9')).toBeCloseTo(20 / 29, 1);
  expect(await shareOf('escalation_level = 4')).toBeCloseTo(0.13, 1);
  expect(await shareOf('closed_at is not null', 'escalation_level = 4')).toBeLessThan(0.08);
  expect(
    await shareOf("closed_at - created_at <= interval '7 days'", "closed_at is not null and created_at < '2026-05-01'"),
  ).toBeCloseTo(0.25, 1);
});

test('a state follows from the history, nothing happens before it or after now', async () => {
  const wrong = await database.query(
    `select r.reference from service_requests r cross join lateral (
       select (array_agg(state order by happened_at, id) filter (where state is not null))[count(state)] as state,
              min(happened_at) as first, max(happened_at) as last
         from service_request_events e where e.organization_id = r.organization_id and e.contact_id = r.contact_id and e.request_id = r.id) h
      where r.organization_id = $1 and (h.state <> r.status or h.first <> r.created_at or h.last > $2)`,
    [organizationId, NOW],
  );
  expect(wrong.rows).toEqual([]);
});

test('a second past is refused; the first can be taken away and leaves nothing', async () => {
  const again = loadPast(database, { organizationId, past, count: 10, seed: '2', now: NOW, randomOf: draws });
  await expect(again).rejects.toThrow('made-up past');
  expect(await removePast(database, organizationId)).toBe(COUNT);
  for (const table of ['service_requests', 'service_request_events', 'service_request_references', 'contacts'])
    expect((await database.query(`select 1 from ${table} where organization_id = $1`, [organizationId])).rowCount).toBe(0);
});

test('a pack that does not say how to draw one is told so by file', async () => {
  const { problems } = await read((path) => (path === PAST_FILE ? undefined : readMumbai(path)));
  expect(problems).toMatchObject([{ code: 'data:file-missing', file: PAST_FILE }]);
});
