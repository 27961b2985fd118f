/** The public pages in a real browser: narrow, wide and dark, without a script, and clean to axe. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPublicFace, type PublicFace } from '../api/public-support.ts';
import { openBrowser } from '../support/browser.ts';
import { openTestDatabase } from '../support/database.ts';

let browser: Browser;
let face: PublicFace;
let reference: string;
let axe: string;

beforeAll(async () => {
  face = await openPublicFace(await openTestDatabase());
  for (let count = 0; count < 6; count += 1) reference = await face.open();
  browser = await openBrowser();
  axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
});
afterAll(() => browser.close());

describe.each([
  ['narrow', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
  ['wide and dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
] as const)('%s', (_, options) => {
  test.each(['en', 'hi', 'mr', 'bn', 'ta'])('pages in %s pass axe and fit', async (language) => {
    // axe itself is a script, which the pages' policy forbids.
    const context = await browser.newContext({ ...options, bypassCSP: true });
    const page = await context.newPage();
    const check = async (what: string) => {
      await page.evaluate(axe);
      const found = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))');
      const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
      expect({ what, found, fits }).toEqual({ what, found: [], fits: true });
    };
    await page.goto(`${face.url}/open-data/mumbai?lang=${language}`);
    await check('dashboard');
    await page.goto(`${face.url}/status?lang=${language}`);
    await page.fill('#reference', reference);
    await page.fill('#digits', '5678');
    await page.click('button');
    expect(await page.locator('h2').first().textContent()).toContain(reference);
    await check('status');
    await context.close();
    face.clock.now += 3_600_000;
  });
});
