/**
 * What people read stands in language files, and each of a folder's languages says everything that the others say. The
 * engine's own texts have a stricter test of their own, beside them; a pack's texts are checked when it is compiled.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files, isTestOnly, ROOT, read, sources } from './support/tree.ts';

const FILE = /^(packages\/.*\/(?:texts|locales))\/([a-z]{2,3}(?:-[A-Z][a-z]{3})?)\.ts$/;
const TESTED_ELSEWHERE = 'packages/flow/src/locales';

const languageFiles = files.filter((path) => FILE.test(path) && !isTestOnly(path));
const folders = [...new Set(languageFiles.flatMap((path) => FILE.exec(path)?.[1] ?? []))].filter(
  (folder) => folder !== TESTED_ELSEWHERE,
);

describe.each(folders)('%s', (folder) => {
  const own = languageFiles.filter((path) => path.startsWith(`${folder}/`));

  it('says the same in every language', async () => {
    const shapes = await Promise.all(own.map(async (path) => [path, await shapeOf(path)] as const));
    const [first] = shapes;
    expect(first?.[1]).not.toEqual([]);
    for (const [, shape] of shapes) expect(shape).toEqual(first?.[1]);
  });
});

describe('words for citizens', () => {
  it('stand in language files only', () => {
    const indic = /[\u0900-\u0DFF\u0600-\u06FF]/;
    const elsewhere = sources
      .filter((path) => !FILE.test(path) && !path.startsWith('packages/language/'))
      .filter((path) => indic.test(read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')));
    expect(elsewhere).toEqual([]);
  });
});

/** Every key with the kind of what it holds: "app.title string", "intro.steps array of 3". */
async function shapeOf(path: string): Promise<string[]> {
  const module: Record<string, unknown> = await import(join(ROOT, path));
  const [texts] = Object.values(module).filter((value) => typeof value === 'object');
  return kindsOf(texts, '').sort();
}

function kindsOf(value: unknown, key: string): string[] {
  if (Array.isArray(value)) return [`${key} array of ${value.length}`];
  if (typeof value !== 'object' || value === null) return [`${key} ${typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => kindsOf(inner, key === '' ? name : `${key}.${name}`));
}
