/** A citizen at the browser phone, in the words of the page: everything is tapped and typed, nothing is called. */
import type { Browser, Page } from 'playwright-core';

export interface Phone {
  page: Page;
  type: (text: string) => Promise<void>;
  /** Taps a button of the newest bubble that has it. */
  tap: (label: string) => Promise<void>;
  /** Opens the list of the newest bubble and sends a row. */
  pick: (open: string, row: string | number) => Promise<void>;
  sendPhoto: (sample: string) => Promise<void>;
  sendLocation: (place: string) => Promise<void>;
  /** Resolves with the text of the newest bubble of the business once it holds this. */
  waitFor: (text: string | RegExp) => Promise<string>;
}

export interface PhoneOptions {
  server: string;
  citizen: string;
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
  /** Language of the page itself, not of the conversation. */
  pageLanguage?: 'en' | 'hi' | 'mr';
}

export async function openPhone(browser: Browser, options: PhoneOptions): Promise<Phone> {
  const page = await browser.newPage({
    viewport: options.size ?? { width: 390, height: 844 },
    deviceScaleFactor: options.size === undefined ? 2 : 1,
    reducedMotion: 'reduce',
  });
  await page.goto(
    `${options.server}/phone/?citizen=${options.citizen}&lang=${options.pageLanguage ?? 'en'}&theme=${options.theme ?? 'light'}`,
  );
  const button = (name: string) => page.getByRole('button', { name, exact: true }).last();
  const dialog = page.getByRole('dialog');
  return {
    page,
    type: async (text) => {
      await page.locator('textarea').fill(text);
      await page.keyboard.press('Enter');
    },
    tap: (label) => button(label).click(),
    pick: async (open, row) => {
      await button(open).click();
      const rows = dialog.getByRole('radio');
      await (typeof row === 'number' ? rows.nth(row) : rows.and(page.getByRole('radio', { name: row }))).click();
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    },
    sendPhoto: async (sample) => {
      await button('Attach').click();
      await button('Photo').click();
      await button(sample).click();
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    },
    sendLocation: async (place) => {
      await button('Send location').click();
      await dialog.getByRole('button', { name: place, exact: true }).click();
      await button('Send this location').click();
    },
    waitFor: async (text) => {
      const found = page.getByRole('log').getByText(text).last();
      await found.waitFor({ timeout: 15_000 });
      return (await found.textContent()) ?? '';
    },
  };
}
