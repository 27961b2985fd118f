/** Rules of style that read the code, not its behaviour. Biome holds some of them too; here they hold without it. */
import { describe, expect, it } from 'vitest';
import { DOMAIN_NAMES, UNSAFE_FILES } from './exceptions.ts';
import { findUnsafe } from './support/erased.ts';
import { lineAt, read, sources } from './support/tree.ts';

const forbidden: readonly { what: string; pattern: RegExp }[] = [
  { what: 'default export', pattern: /^[ \t]*export default\b|\bas default\b/gm },
  { what: 'export *', pattern: /^[ \t]*export \*/gm },
  { what: 'enum', pattern: /^[ \t]*(export )?(declare )?(const )?enum \w+ *\{/gm },
  { what: 'namespace', pattern: /^[ \t]*(export )?(declare )?namespace \w+/gm },
  { what: '@ts-ignore', pattern: /@ts-(ignore|nocheck|expect-error)/g },
];

const EMPTY_NAME = /^export (?:async )?(?:const|let|function|class|interface|type) (\w*(?:Service|Manager|Helpers?|Utils?))\b/gm;

describe('the sources', () => {
  it.each(forbidden)('have no $what', ({ pattern }) => {
    const found = sources.flatMap((path) => [...read(path).matchAll(pattern)].map(({ index }) => placeOf(path, index)));
    expect(found).toEqual([]);
  });

  it('export no name that says nothing: …Service, …Manager, …Helper, …Util', () => {
    const names = sources.flatMap((path) => [...read(path).matchAll(EMPTY_NAME)].flatMap((match) => match[1] ?? []));
    expect(names.filter((name) => !Object.hasOwn(DOMAIN_NAMES, name))).toEqual([]);
    expect(Object.keys(DOMAIN_NAMES).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('have no "any", no non-null "!" and no assertion but "as const", or a listed reason', () => {
    const found = sources.flatMap((path) => unsafeIn(path).map(({ line, what }) => ({ path, place: `${path}:${line} ${what}` })));
    expect(found.filter(({ path }) => !Object.hasOwn(UNSAFE_FILES, path)).map(({ place }) => place)).toEqual([]);
    expect(Object.keys(UNSAFE_FILES).filter((path) => !found.some((one) => one.path === path))).toEqual([]);
  });
});

describe('the check itself', () => {
  const cases: readonly { source: string; finds: string[] }[] = [
    { source: 'const a = b as Foo;', finds: ['assertion "as"'] },
    { source: 'const a = b as unknown as Foo;', finds: ['assertion "as"'] },
    { source: 'const a = [1] as const satisfies number[];', finds: [] },
    { source: 'const a = { b } satisfies C as D;', finds: ['assertion "as"'] },
    { source: 'const a = b!.c;', finds: ['non-null "!"'] },
    { source: 'const a = !b;', finds: [] },
    { source: 'let a: any;', finds: ['type "any"'] },
    { source: "type Any = 'any' | /* any */ 'as';", finds: [] },
    { source: "import { a as b } from './c.ts';\nimport { type d as e } from './c.ts';\nexport { b as f };", finds: [] },
    { source: "import type { a as any2 } from './c.ts';\nconst text = 'x as Foo!'; // y as any", finds: [] },
    { source: '// biome: b as Foo\nconst a = `$' + '{b as Foo}`;', finds: ['assertion "as"'] },
  ];
  it.each(cases)('finds $finds in: $source', ({ source, finds }) => {
    expect(findUnsafe(source).map(({ what }) => what)).toEqual(finds);
  });
});

function unsafeIn(path: string): { line: number; what: string }[] {
  const source = read(path);
  return path.endsWith('.tsx') ? unsafeMarkup(source) : findUnsafe(source);
}

/** Node cannot erase the types of a .tsx file: its lines are searched, imports and exports left out. */
function unsafeMarkup(source: string): { line: number; what: string }[] {
  return source
    .split('\n')
    .flatMap((line, index) =>
      /^\s*(import|export|\/\/|\*)/.test(line) ||
      !/[\w)\]}] as (?!const\b)([A-Z]\w*|unknown|never|any|\{)|: any\b|<any>/.test(line)
        ? []
        : [{ line: index + 1, what: 'assertion or "any"' }],
    );
}

function placeOf(path: string, index: number): string {
  return `${path}:${lineAt(read(path), index)}`;
}
