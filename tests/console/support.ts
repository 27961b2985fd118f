/** The console in a real browser, on a whole Hazir with Mumbai's pack: officers, a citizen, and the page as it is built. */
import { randomInt } from 'node:crypto';
import { textProperty } from '@hazir/core';
import { ensureOrganization } from '@hazir/store';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import type { Grant } from '../../packages/server/src/auth/policies.ts';
import { POTHOLE } from '../../packages/services/src/service-requests/testing.ts';
import { citizen, loadMumbai, must } from '../../packages/services/src/testing.ts';
import { openBrowser } from '../support/browser.ts';
import { addTestOfficer, PASSWORD } from '../support/officers.ts';
import { openStage, type Stage, type StageOptions } from '../support/stage.ts';

export interface ConsoleStage {
  stage: Stage;
  /** Adds somebody who may sign in. */
  officer: (email: string, grant: Partial<Grant> & Pick<Grant, 'role'>) => Promise<void>;
  /** A citizen reports something; the reference. */
  report: (category?: string) => Promise<string>;
  /** A page of its own, at an address below /console. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  /** What no page may do: script errors, broken policies. */
  complaints: string[];
}

/** How each page is looked at. */
export const FACES: [string, BrowserContextOptions][] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['Hindi', { locale: 'hi-IN' }],
  ['narrow', { viewport: { width: 390, height: 844 } }],
];

/** With Mumbai's pack, or another. */
export async function openConsole({
  pack = '../../../packs/mumbai',
  environment = {},
}: Pick<StageOptions, 'pack' | 'environment'> = {}): Promise<ConsoleStage> {
  const stage = await openStage({ pack, environment });
  const browser = await openBrowser();
  afterAll(() => browser.close());
  const { database, served } = stage;
  const { id: organizationId } = await ensureOrganization(database, 'demo-mumbai', 'Mumbai');
  const services = loadMumbai();
  const complaints: string[] = [];
  return {
    stage,
    complaints,
    officer: (email, grant) => addTestOfficer(database, email, [{ ...grant, organizationId }]),
    report: async (category = 'pothole') => {
      const turn = { database, subject: citizen(organizationId), now: new Date() };
      return textProperty(await must(services, ['serviceRequests.open', { ...POTHOLE, category }], turn), 'reference') ?? '';
    },
    open: async (path, options = {}) => {
      const context = await browser.newContext({
        // Each from an address of its own, as a proxy would tell it.
        extraHTTPHeaders: { 'x-forwarded-for': `192.0.2.${randomInt(256)}` },
        ...{ viewport: { width: 1366, height: 768 }, locale: 'en-IN', timezoneId: 'Asia/Kolkata' },
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      await page.goto(`${served.url}/console${path}`);
      return page;
    },
  };
}

/** As an officer does: types, and presses Enter. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel(/E-mail|ई-मेल/).fill(email);
  await page.getByRole('textbox', { name: /^(Password|पासवर्ड)/ }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
}
