/** Many requests at once: board, map by area, one act on several, and a list of thousands that stays smooth. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const BOSS = 'boss@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(BOSS, { role: 'supervisor', post: 'deputy-commissioner' });
});

async function enters(path: string, options?: Parameters<ConsoleStage['open']>[1]): Promise<Page> {
  const page = await at.open(path, options);
  await signIn(page, BOSS);
  return page;
}

test('a note is kept with several requests, after time to take it back; the slower ones are told apart', async () => {
  const [first, second, third] = [await at.report(), await at.report(), await at.report()];
  const page = await enters('/requests');
  await page.getByRole('checkbox', { name: `Choose ${first}` }).check();
  await page.getByRole('link', { name: second }).focus();
  await page.keyboard.press('x');
  await page.getByText('2 chosen').waitFor();
  await page.getByRole('button', { name: 'Add a note' }).click();
  await page.getByRole('dialog').getByLabel('Note').fill('Taken back');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a note' }).click();
  await page.getByText('Add a note: 2 requests in').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  for (const reference of [first, second, third]) await page.getByRole('checkbox', { name: `Choose ${reference}` }).check();
  // A colleague is faster with one of them.
  await at.stage.database.query('update service_requests set version = version + 1 where reference = $1', [third]);
  await page.getByRole('button', { name: 'Add a note' }).click();
  await page.getByRole('dialog').getByLabel('Note').fill('Inspection on Friday');
  await page.clock.install();
  await page.getByRole('dialog').getByRole('button', { name: 'Add a note' }).click();
  await page.getByText(/^Add a note: 3 requests in \d+ s$/).waitFor();
  await page.clock.runFor(11_000);
  await page.getByText('2 done · 1 was not possible').waitFor();
  await page.getByText(`${third}: Somebody was faster`).waitFor();
  const { rows } = await at.stage.database.query<{ note: string; count: number }>(
    `select note, count(*)::int as count from service_request_events where note in ('Taken back', 'Inspection on Friday') group by 1`,
  );
  expect(rows).toEqual([{ note: 'Inspection on Friday', count: 2 }]);
});

test('the board has a column for each kind of state; the map leads to the list of an area', async () => {
  const reference = await at.report();
  const page = await enters('/requests?show=board');
  const column = page.getByRole('region', { name: /^Not begun/ });
  await column
    .getByRole('link', { name: /Pothole/ })
    .first()
    .waitFor();
  await column
    .getByRole('link', { name: /Pothole/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Pothole' }).waitFor();
  await page.goto(`${at.stage.served.url}/console/requests?show=map`);
  await page.locator('svg path[data-shade="5"]').first().waitFor();
  await page.getByRole('cell', { name: 'G/N' }).getByRole('link').click();
  await page.waitForURL(/area=G/);
  await page.getByRole('link', { name: reference }).waitFor();
});

test('of ten thousand requests a screenful is on the page, and the end is reached by scrolling', async () => {
  const { rows } = await at.stage.database.query<{ id: number }>(`select id from organizations where slug = 'demo-mumbai'`);
  const columns = await at.stage.database.query<{ names: string }>(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
      where table_name = 'service_requests' and column_name not in ('id', 'reference', 'due_at')`,
  );
  const names = columns.rows[0]?.names ?? '';
  await at.stage.database.query(
    `insert into service_requests (id, reference, due_at, ${names})
     select gen_random_uuid(), 'BULK-' || i, now() + make_interval(mins => i), ${names}
       from (select * from service_requests where organization_id = $1 and closed_at is null limit 1) one, generate_series(1, 10000) i`,
    [rows[0]?.id],
  );
  const page = await enters('/requests');
  await page
    .getByRole('link', { name: /MUM-|BULK-/ })
    .first()
    .waitFor();
  const scroll = () =>
    page.locator('[aria-labelledby="list-title"] [tabindex="0"]').evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect
    .poll(
      async () => {
        await scroll();
        return page.getByRole('link', { name: /^BULK-[3-9]\d\d / }).count();
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBeGreaterThan(0);
  expect(await page.getByRole('listitem').count()).toBeLessThan(120);
  expect(at.complaints).toEqual([]);
});

test.each<[string, string, Parameters<ConsoleStage['open']>[1]]>([
  ['board', 'light', {}],
  ['board', 'narrow', { viewport: { width: 390, height: 844 } }],
  ['map', 'light', {}],
  ['map', 'dark, Hindi', { colorScheme: 'dark', locale: 'hi-IN' }],
  ['map', 'narrow', { viewport: { width: 390, height: 844 } }],
])('the %s is clean for axe: %s', async (show, _face, options) => {
  const page = await enters(`/requests?show=${show}`, options);
  await (show === 'map' ? page.getByRole('table') : page.getByRole('region').first()).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await brokenRules(page)).toEqual([]);
});
