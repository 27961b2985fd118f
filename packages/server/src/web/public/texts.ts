/** The words of the public pages, and which language a visitor reads. */
import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { bn } from './texts/bn.ts';
import { en } from './texts/en.ts';
import { hi } from './texts/hi.ts';
import { mr } from './texts/mr.ts';
import { ta } from './texts/ta.ts';

export type Texts = typeof en;

const TEXTS: ReadonlyMap<string, Texts> = new Map(Object.entries({ en, hi, mr, bn, ta }));

/** Tags of the languages, for links. */
export const PAGE_LANGUAGES = [...TEXTS.keys()];

/** The language of ?lang=, or of the browser; English where neither is there. */
export function languageFor(context: Context): { language: string; texts: Texts } {
  const accepted = parseAccept(context.req.header('accept-language') ?? '').map(({ type }) => type.split('-')[0] ?? '');
  const language = [context.req.query('lang') ?? '', ...accepted].find((tag) => TEXTS.has(tag)) ?? 'en';
  return { language, texts: TEXTS.get(language) ?? en };
}
