/** Every text in both languages, each one used, each one used there; and what a first visit loads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createIntl } from 'react-intl';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { hi } from './hi.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const MOST_SCRIPT = 300_000;
const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.includes('generated') && !name.startsWith('texts'),
  )
  .map((name) => readFileSync(join(SOURCE, name), 'utf8'))
  .join('\n');

test('both languages have the same texts with the same placeholders, in order', () => {
  expect(Object.keys(hi)).toEqual(Object.keys(en));
  expect(Object.keys(en)).toEqual(Object.keys(en).sort());
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name).sort();
  for (const [id, text] of Object.entries(en)) {
    const other = new Map(Object.entries(hi)).get(id) ?? '';
    if (!text.includes('plural')) expect(placeholders(other), id).toEqual(placeholders(text));
    for (const [locale, one] of [
      ['en', text],
      ['hi', other],
    ] as const)
      expect(wrongIn(locale, one), id).toEqual([]);
  }
});

test('each text is used, and what is used is there', () => {
  const built = [
    'action.',
    'scope.',
    'check.',
    'account.factor.',
    'member.',
    'permission.',
    'problem.',
    'event.',
    'role.',
    'kind.',
    'act.',
    'actor.',
    'scheme.',
    'language.',
    'tickets.',
    'outcome.',
    'from.',
    'status.',
    'ticket.',
    'feedback.',
    'alarm.',
    'duty.',
    'show.',
    'map.',
    'bulk.',
    'today.',
  ];
  const unused = Object.keys(en).filter(
    (id) => !sources.includes(`'${id}'`) && !sources.includes(`"${id}"`) && !built.some((start) => id.startsWith(start)),
  );
  expect(unused).toEqual([]);
  const used = [...sources.matchAll(/\bid(?:=|: )["']([\w.]+)["']/g)].map(([, id]) => id);
  expect(used.filter((id) => id !== undefined && !Object.hasOwn(en, id))).toEqual([]);
});

test('a first visit loads less than 300 kB of script, compressed', async () => {
  const made = await build({
    root: SOURCE,
    configFile: join(SOURCE, '../vite.config.ts'),
    logLevel: 'error',
    // As it is shipped: a test would bundle the library's own checks, too.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false },
  });
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ('output' in one ? one.output : []));
  const chunks = new Map(outputs.flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one]] : [])));
  const first = new Set([...chunks.values()].flatMap(({ isEntry, fileName }) => (isEntry ? [fileName] : [])));
  // What the entry imports, and so on; what is imported when a page is opened is not of the first visit.
  for (const name of first) for (const imported of chunks.get(name)?.imports ?? []) first.add(imported);
  const scripts = [...first].flatMap((name) => chunks.get(name) ?? []);
  const bytes = scripts.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_SCRIPT);
});

/** What the page would complain of. */
function wrongIn(locale: string, text: string): string[] {
  const wrong: string[] = [];
  const intl = createIntl({ locale, messages: { text }, onError: ({ message }) => void wrong.push(message) });
  intl.formatMessage(
    { id: 'text' },
    { count: 2, metres: 5, hours: 3, time: '1', references: 'a', number: 1, code: 'c', kind: 'media', name: 'n' },
  );
  return wrong;
}
