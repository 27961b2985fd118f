/** Draws the pictures of docs/images: the phone in three languages, light and dark, narrow and wide, and the console. Run: npm run screenshots */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfig } from '../packages/server/src/config.ts';
import { silentLog } from '../packages/server/src/log.ts';
import { serve } from '../packages/server/src/serve.ts';
import { PACKS_DIR } from '../packages/server/src/setup/demo.ts';
import { openBrowser } from '../tests/support/browser.ts';
import { openPhone, type Phone } from '../tests/support/phone.ts';
import { shootConsole } from './shoot-console.ts';

const images = new URL('../docs/images/', import.meta.url).pathname;
const WIDE = { width: 1440, height: 900 };
const languages = [
  { tag: 'en', name: 'English', citizen: 'Asha Kulkarni', pin: '400014' },
  { tag: 'hi', name: 'हिन्दी', citizen: 'Imran Shaikh', pin: '४०००१४' },
  { tag: 'mr', name: 'मराठी', citizen: 'Sunita Pawar', pin: '४०००१४' },
] as const;

const dataDir = await mkdtemp(join(tmpdir(), 'hazir-screenshots-'));
await mkdir(images, { recursive: true });
const served = await serve({ config: readConfig({ HAZIR_PORT: '0', HAZIR_DATA_DIR: dataDir }), log: silentLog });
const browser = await openBrowser();
const shoot = async (phone: Phone, name: string) => {
  await phone.page.mouse.move(1, 1);
  await phone.page.evaluate(() => document.fonts.ready.then(() => undefined));
  await phone.page.screenshot({ path: join(images, `${name}.png`) });
};

for (const { tag, name, citizen, pin } of languages) {
  const id = served.simulator?.control.addCitizen({ name: `${citizen} (demo)` }).id ?? '';
  const texts = parse(await readFile(join(PACKS_DIR, 'mumbai', 'texts', `${tag}.yaml`), 'utf8'));
  const phone = await openPhone(browser, { server: served.url, citizen: id });
  await phone.type('Hi');
  await phone.pick('🌐 भाषा / Language', name);
  await phone.waitFor(texts.menu.services.list);
  await shoot(phone, `phone-${tag}-light`);
  await phone.page.getByRole('button', { name: texts.menu.services.list, exact: true }).last().click();
  await phone.page.getByRole('dialog').waitFor();
  await shoot(phone, `phone-${tag}-list`);
  await phone.page.keyboard.press('Escape');
  await phone.pick(texts.menu.services.list, texts.menu.services.options['find-officials'].label);
  await phone.waitFor(texts['find-officials'].where.slice(0, 12));
  await phone.type(pin);
  await phone.pick(texts['find-officials']['which-ward'].list, 0);
  await phone.waitFor('+91 22');
  await phone.page.getByRole('button', { name: texts['find-officials'].next.options.report, exact: true }).waitFor();
  await shoot(phone, `phone-${tag}-ward`);
  await phone.tap(texts['find-officials'].next.options.report);
  await phone.waitFor(texts['new-complaint'].what.text.slice(0, 12));
  await phone.sendPhoto('Pothole');
  await phone.pick(texts['new-complaint'].common.list, 0);
  await phone.tap(texts['new-complaint'].confirm.options.yes);
  await phone.waitFor(/MUM-\d{4}-\d{4}/);
  await shoot(phone, `phone-${tag}-number`);
  await phone.page.close();
  const dark = await openPhone(browser, { server: served.url, citizen: id, theme: 'dark', pageLanguage: tag });
  await dark.waitFor(/MUM-\d{4}-\d{4}/);
  await shoot(dark, `phone-${tag}-dark`);
  await dark.page.close();
  for (const theme of ['light', 'dark'] as const) {
    const wide = await openPhone(browser, {
      server: served.url,
      citizen: `${id}&citizen=asha`,
      theme,
      size: WIDE,
      pageLanguage: tag,
    });
    await wide.waitFor(/MUM-\d{4}-\d{4}/);
    await shoot(wide, `phone-${tag}-wide-${theme}`);
    await wide.page.close();
  }
}
await shootConsole(served, browser, images);
await browser.close();
await served.close();
await rm(dataDir, { recursive: true, force: true });
