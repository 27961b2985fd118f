/** The built page in Debian's Chromium, against the stub: everything that a browser test needs, made by the test itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { openBrowser } from '../../../../tests/support/browser.ts';
import { type StubServer, startStubServer } from './stub-server.ts';

export interface Stage {
  browser: Browser;
  stub: StubServer;
  /** Opens the page; `query` is the address's, without "?". Errors of the page and requests to elsewhere are collected. */
  open: (query: string, options?: BrowserContextOptions) => Promise<Page>;
  /** What no page may do: script errors, policy violations, requests to another origin. */
  complaints: string[];
  close: () => Promise<void>;
}

/** Builds the page into a folder of its own, so that no test sees an old one. */
export async function buildPage(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hazir-phone-'));
  const root = fileURLToPath(new URL('..', import.meta.url));
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Builds the page and starts browser and stub. */
export async function setStage(): Promise<Stage> {
  const { folder, remove } = await buildPage();
  const stub = await startStubServer(folder);
  const browser = await openBrowser();
  const complaints: string[] = [];
  return {
    browser,
    stub,
    complaints,
    open: async (query, options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'en-IN',
        timezoneId: 'Asia/Kolkata',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(stub.origin) && !url.startsWith('blob:')) complaints.push(`request: ${url}`);
      });
      await page.goto(`${stub.origin}/phone/?${query}`);
      return page;
    },
    close: async () => {
      await browser.close();
      await stub.close();
      await remove();
    },
  };
}
