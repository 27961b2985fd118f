/** What is too much for memory is found in the database as it would be found in memory. */
import { type Database, ensureOrganization, saveTextSet } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { attempt, citizen, loadMumbai, readMumbai } from '../testing.ts';

const NOW = new Date('2026-11-22T09:00:00Z');
const inMemory = loadMumbai({ settings: { knowledge: {} } });
const inDatabase = loadMumbai({ settings: { knowledge: { memoryUpTo: 0 } } });
const golden: { answered: Record<string, string[]>; unanswered: string[] } = parse(readMumbai('knowledge/golden.yaml') ?? '');
const QUESTIONS = [
  ...Object.values(golden.answered).flat(),
  ...golden.unanswered,
  '',
  '😀',
  '12',
  'क',
  "'; drop table search_texts; --",
];

let database: Database;
let organizationId: number;

const publish = async (organization: number, services = inDatabase): Promise<void> => {
  for (const { name, read } of services.searched)
    await database.transaction((tx) => saveTextSet(tx, { organizationId: organization, name }, read));
};
const ask = (services: typeof inMemory, text: string, organization = organizationId) =>
  attempt(services, ['knowledge.find', { text }], { database, subject: citizen(organization), now: NOW });
const countTexts = async (): Promise<number> => {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::int as count from search_texts where organization_id = $1',
    [organizationId],
  );
  return rows[0]?.count ?? 0;
};

beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'large', 'Large')).id;
  await publish(organizationId);
});

describe('knowledge in the database', () => {
  test('answers every question as the index in memory does', async () => {
    for (const question of QUESTIONS) expect(await ask(inDatabase, question), question).toEqual(await ask(inMemory, question));
  });

  test('is written once', async () => {
    const before = await countTexts();
    expect(before).toBeGreaterThan(500);
    await publish(organizationId);
    expect(await countTexts()).toBe(before);
  });

  test("one organization's texts never answer another", async () => {
    const other = (await ensureOrganization(database, 'small', 'Small')).id;
    await database.transaction((tx) =>
      saveTextSet(tx, { organizationId: other, name: inDatabase.searched[0]?.name ?? '' }, () => ({
        texts: [],
        numbers: { ids: 0, meanLength: 0 },
        owners: new Map(),
      })),
    );
    expect(await ask(inDatabase, 'dog bite', other)).toEqual({ ok: true, value: [] });
  });

  test('answers from memory where nothing was stored', async () => {
    const none = (await ensureOrganization(database, 'none', 'None')).id;
    expect(await ask(inDatabase, 'dog bite', none)).toEqual(await ask(inMemory, 'dog bite'));
  });

  test('two processes that publish at once write it once', async () => {
    const both = (await ensureOrganization(database, 'both', 'Both')).id;
    await Promise.all([publish(both), publish(both), publish(both)]);
    expect(await ask(inDatabase, 'dog bite', both)).toEqual(await ask(inMemory, 'dog bite'));
  });
});
