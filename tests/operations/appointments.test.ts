/** `hazir appointments` as an operator runs it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, ensureOrganization } from '@hazir/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHazir } from '../support/command.ts';
import { openTestDatabase } from '../support/database.ts';

const HEADER = 'session,resource,name_en,name_hi,address,date,from,to,capacity,kind';
const LINE = 'gn-24,phc-gn,PHC Gomti Nagar,पीएचसी गोमती नगर,Vibhuti Khand,2099-11-24,09:00,11:00,40,covishield';
const ORGANIZATION = ['--organization', 'lucknow'];

let database: Database;
let folder: string;

beforeAll(async () => {
  database = await openTestDatabase();
  await ensureOrganization(database, 'lucknow', 'Lucknow');
  folder = await mkdtemp(join(tmpdir(), 'hazir-appointments-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function importLines(...lines: string[]) {
  const file = join(folder, 'sessions.csv');
  await writeFile(file, [HEADER, ...lines].join('\n'));
  return runHazir(database, ['appointments', 'import', file, ...ORGANIZATION, '--languages', 'en,hi']);
}

test('a file with a bad line leaves nothing behind; a good one is there at once', async () => {
  const bad = await importLines(LINE, LINE.replace('gn-24', 'gn-25').replace(',40,', ',forty,'));
  expect(bad.code).toBe(1);
  expect(bad.stdout).toMatch(/^sessions\.csv:3 {2}"capacity": must be a whole number\..*\nNothing was taken from the file\.\n$/);
  expect((await runHazir(database, ['appointments', 'sessions', ...ORGANIZATION])).stdout).toBe('No session yet.\n');

  expect(await importLines(LINE)).toMatchObject({ code: 0, stdout: '1 sessions with 1 times and 40 seats.\n' });
  const { stdout } = await runHazir(database, ['appointments', 'sessions', ...ORGANIZATION, '--json']);
  expect(JSON.parse(stdout)).toMatchObject([{ session: 'gn-24', seats: 40, free: 40, checkedIn: 0, cancelled: false }]);
});

test('what is exported can be imported again, and no cell of it runs as a formula', async () => {
  const formula = LINE.replace('gn-24', 'gn-26')
    .replace('phc-gn', 'phc-x')
    .replace('Vibhuti Khand', '"=HYPERLINK(""http://x"", ""a"")"');
  await importLines(formula);
  const run = (...args: string[]) => runHazir(database, ['appointments', ...args, ...ORGANIZATION, '--languages', 'en,hi']);
  const exported = await run('export');
  expect(exported.stdout).toMatch(/^gn-26,phc-x,PHC Gomti Nagar,पीएचसी गोमती नगर,"'=HYPERLINK\(""http/m);
  const file = join(folder, 'exported.csv');
  await writeFile(file, exported.stdout);
  expect(await run('import', file)).toMatchObject({ code: 0, stdout: '2 sessions with 2 times and 80 seats.\n' });
  expect((await run('export')).stdout).toBe(exported.stdout);
});

test('a day sheet without anybody has its columns', async () => {
  expect(await runHazir(database, ['appointments', 'day-sheet', 'gn-24', ...ORGANIZATION])).toMatchObject({
    code: 0,
    stdout: 'from,to,class,reference,name,birth_year,document,last_four,status,coming\n',
  });
});

test('what cannot be done is one sentence', async () => {
  const unknown = await runHazir(database, ['appointments', 'check-in', '12345678', '0000', ...ORGANIZATION]);
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^No appointment has this reference\..*\[usage:appointments\]\n$/),
  });
  const nobody = await runHazir(database, ['appointments', 'sessions', '--organization', 'nowhere']);
  expect(nobody.stderr).toMatch(/^There is no organization nowhere\..*\[usage:organization\]\n$/);
  expect(await runHazir(database, ['appointments', 'no-shows', 'gn-24', ...ORGANIZATION])).toMatchObject({
    code: 0,
    stdout: '0 did not come.\n',
  });
});
