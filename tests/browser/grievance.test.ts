import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@hazir/store';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../packages/server/src/config.ts';
import { silentLog } from '../../packages/server/src/log.ts';
import { type Served, serve } from '../../packages/server/src/serve.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { openBrowser } from '../support/browser.ts';
import { openTestDatabase } from '../support/database.ts';
import { openPhone } from '../support/phone.ts';

let served: Served;
let browser: Browser;
let dataDir: string;

beforeAll(async () => {
  dataDir = await makeTemporaryFolder('hazir-browser-');
  const config = readConfig({ HAZIR_PORT: '0', HAZIR_DATA_DIR: dataDir, HAZIR_DEMO_PACK: 'mumbai' });
  served = await serve({ config, log: silentLog, database: await openTestDatabase() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await served.close();
  await rm(dataDir, { recursive: true, force: true });
});

const words = async (language: string) => parse(await readFile(join(PACKS_DIR, 'mumbai', 'texts', `${language}.yaml`), 'utf8'));

describe('a newcomer at the browser phone', () => {
  test.each([
    ['English', 'en'],
    ['हिन्दी', 'hi'],
    ['मराठी', 'mr'],
    ['বাংলা', 'bn'],
  ])(
    'gets from “Hi” to a grievance number in %s with photo and location, and finds it again',
    { timeout: 90_000 },
    async (name, language) => {
      const { menu, 'new-complaint': complaint, 'my-requests': mine } = await words(language);
      const citizen = served.simulator?.control.addCitizen({ name: `Newcomer ${name} (demo)` }).id ?? '';
      const phone = await openPhone(browser, { server: served.url, citizen });
      await phone.page.getByRole('button', { name: 'Send “Hi”' }).click();
      await phone.pick('🌐 भाषा / Language', name);
      await phone.pick(menu.services.list, menu.services.options['report-problem'].label);
      await phone.waitFor(complaint.what.text.slice(0, 12));
      await phone.sendPhoto('Pothole');
      await phone.pick(complaint.common.list, 0);
      await phone.sendLocation('Dadar');
      await phone.tap(complaint.confirm.options.yes);
      const [reference] = /MUM-\d{4}-\d{4}/.exec(await phone.waitFor(/MUM-\d{4}-\d{4}/)) ?? [];
      await phone.tap(mine.title);
      await expect
        .poll(async () => (await phone.page.getByText(reference ?? 'none').count()) > 1, { timeout: 15_000 })
        .toBe(true);
      const { rows } = await served.database.query(
        `select count(*) as photos from service_requests r join service_request_attachments a on a.request_id = r.id
         join message_files f using (message_id) where r.reference = $1 and f.hash is not null`,
        [reference],
      );
      expect(rows).toEqual([{ photos: 1 }]);
      await phone.page.close();
    },
  );
});
