/** The verifier in a real browser: with pictures, with a camera, and offline after the first visit. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { revokeDocument, trustForeignKeys } from '@hazir/services';
import { type Database, makeTemporaryFolder } from '@hazir/store';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../packages/server/src/config.ts';
import { silentLog } from '../../packages/server/src/log.ts';
import { type Served, serve } from '../../packages/server/src/serve.ts';
import { toCbor } from '../../packages/services/src/documents/credential/cbor.ts';
import {
  claim169Code,
  dccCode,
  divocCode,
  FOREIGN_KEYS,
  pack,
} from '../../packages/services/src/documents/credential/foreign/testing.ts';
import { openBrowser } from '../support/browser.ts';
import { openTestDatabase } from '../support/database.ts';
import { type Issued, issueDocument } from '../support/documents.ts';
import { qrFilm, qrJpeg, qrPng } from '../support/qr-picture.ts';

const LANGUAGES = ['en', 'hi', 'mr', 'bn', 'as', 'or', 'ta', 'te', 'gu', 'pa', 'kn', 'ml', 'ur'];
const DAY = 86_400_000;

let database: Database;
let served: Served;
let browser: Browser;
let dataDir: string;
let page: Page;
let valid: Issued;
let expired: Issued;
let revoked: Issued;
const asked: string[] = [];

beforeAll(async () => {
  dataDir = await makeTemporaryFolder('hazir-verifier-');
  database = await openTestDatabase();
  expired = await issueDocument(database, { template: 'pass', now: new Date(Date.now() - 2 * DAY) });
  [valid, revoked] = [await issueDocument(database, { name: 'सुनीता <b>देवी</b>' }), await issueDocument(database)];
  await trustForeignKeys(
    database,
    FOREIGN_KEYS.filter(({ kind }) => kind === 'dcc'),
  );
  await revokeDocument(database, { ...revoked, reason: 'test', officer: 'test', now: new Date() });
  served = await serve({ config: readConfig({ HAZIR_PORT: '0', HAZIR_DATA_DIR: dataDir }), log: silentLog, database });
  browser = await openBrowser();
  page = await (await browser.newContext({ locale: 'en-IN' })).newPage();
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${served.url}/verify`);
  await page.evaluate('navigator.serviceWorker.ready');
});
afterAll(async () => {
  await browser.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Shows a picture to the page; resolves with the verdict. */
async function show(picture: Buffer): Promise<string> {
  await page.locator('#result').evaluate((place) => place.replaceChildren());
  const [name, mimeType] = picture[0] === 0x89 ? ['code.png', 'image/png'] : ['code.jpg', 'image/jpeg'];
  await page.locator('#picture').setInputFiles({ name, mimeType, buffer: picture });
  return (await page.locator('#result h2').textContent({ timeout: 20_000 })) ?? '';
}

describe('the verifier', () => {
  test('passes axe in every language', async () => {
    await show(qrPng(valid.code));
    await page.evaluate(await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8'));
    for (const language of LANGUAGES) {
      await page.selectOption('#language', language);
      const found = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))');
      expect({ language, found }).toEqual({ language, found: [] });
    }
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.selectOption('#language', 'en');
  });

  test('reads what a camera sees', async () => {
    const film = join(dataDir, 'code.y4m');
    await writeFile(film, qrFilm(valid.code));
    const flags = [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ];
    const withCamera = await openBrowser(flags);
    const other = await withCamera.newPage();
    await other.goto(`${served.url}/verify/`);
    await other.getByRole('button', { name: 'Use the camera' }).click();
    expect(await other.locator('#result h2').textContent({ timeout: 25_000 })).toBe('Valid');
    await withCamera.close();
  });

  test('gives the status list at the address that documents name', async () => {
    const answer = await fetch(`${served.url}/verify/mygov/status`);
    expect(answer.headers.get('content-type')).toBe('application/statuslist+cwt');
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(64);
    expect((await fetch(`${served.url}/verify/nobody/status`)).status).toBe(404);
  });

  test('works when the server is gone: every verdict, in the words of the reader, and nothing is asked for', async () => {
    await served.close();
    await page.reload();
    asked.length = 0;
    expect(await show(qrJpeg(valid.code, { turn: 8, noise: 25 }))).toBe('Valid');
    const told = await page.locator('#result').innerText();
    // Markup in a name stays text.
    for (const part of ['Vaccination certificate', valid.number, 'सुनीता <b>देवी</b>', 'MyGov']) expect(told).toContain(part);
    expect(await show(qrPng(expired.code))).toBe('Expired');
    expect(await show(qrPng(revoked.code))).toBe('Revoked');
    expect(await show(qrPng(`${valid.code.slice(0, -3)}000`))).toBe('Altered');
    expect(await show(qrPng('https://example.org/a-cat'))).toBe('No document code');
    expect(await show(qrPng(dccCode()))).toBe('Valid');
    expect(await page.locator('#result').innerText()).toMatch(
      /EU digital COVID certificate[\s\S]*Erika Musterfrau[\s\S]*Health ministry/,
    );
    expect(await show(qrPng(claim169Code()))).toBe('Unknown issuer');
    expect(await page.locator('#result').innerText()).toMatch(/cannot be checked here[\s\S]*Sunita Devi/);
    expect(await show(qrPng(divocCode(), { bytes: true }))).toBe('Unknown issuer');
    expect(await page.locator('#result').innerText()).toMatch(/Co-WIN[\s\S]*सुनीता देवी[\s\S]*COVISHIELD/);
    expect(await show(qrPng(pack(toCbor({ fullName: 'Asha' }))))).toBe('Not signed');
    await page.selectOption('#language', 'hi');
    expect(await page.locator('#result h2').innerText()).toBe('हस्ताक्षर नहीं');
    expect(await show(qrPng(valid.code))).toBe('सही है');
    expect(await page.locator('#result').innerText()).toContain('टीकाकरण प्रमाणपत्र');
    // The browser itself asks for the icon again after a reload.
    expect(asked.filter((url) => !url.startsWith('blob:') && !url.endsWith('/verify.svg'))).toEqual([]);
  });
});
