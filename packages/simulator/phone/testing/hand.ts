/** What a test does with its hands on the page. */
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Stage } from './browser.ts';

/** A page with one new citizen, so that each test has an empty chat; its stream of events is open. */
export async function openNew(
  stage: Stage,
  name: string,
  options: BrowserContextOptions = {},
): Promise<{ id: string; page: Page }> {
  const answer = await fetch(`${stage.stub.origin}/simulator/api/citizens`, { method: 'POST', body: JSON.stringify({ name }) });
  const { id }: { id: string } = Object(await answer.json());
  const page = await stage.open(`citizen=${id}&lang=en&theme=light`, options);
  await stage.stub.seen(`GET /citizens/${id}/messages`);
  return { id, page };
}

export interface Hand {
  bubbles: () => Locator;
  /** By its whole name, or by a pattern. */
  button: (name: string | RegExp) => Locator;
  dialog: () => Locator;
  say: (words: string) => Promise<void>;
  attach: (kind: string) => Promise<void>;
}

/** `page` is asked for at each use, because each test has its own. */
export function handOn(page: () => Page): Hand {
  const button = (name: string | RegExp) => page().getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = () => page().getByRole('dialog');
  return {
    bubbles: () => page().getByRole('article'),
    button,
    dialog,
    say: async (words) => {
      await page().getByLabel('Message', { exact: true }).fill(words);
      await page().keyboard.press('Enter');
    },
    attach: async (kind) => {
      await button('Attach').click();
      await dialog().getByRole('button', { name: kind, exact: true }).click();
    },
  };
}
