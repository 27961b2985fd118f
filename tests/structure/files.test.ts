/** Sizes and names of files, and what a package lets out. */
import { describe, expect, it } from 'vitest';
import { DOORS, LONG_FILES } from './exceptions.ts';
import { files, isTestOnly, packages, read, sources } from './support/tree.ts';

/** Styles are flat: one rule after the other. */
const MOST_LINES = { code: 300, styles: 450 };
const code = files.filter((path) => /^(packages|tests|tools)\/.*\.(ts|tsx|mjs|js|css)$/.test(path));

describe('files', () => {
  it(`have at most ${MOST_LINES.code} lines, ${MOST_LINES.styles} for styles, or a listed reason`, () => {
    const most = (path: string) => (path.endsWith('.css') ? MOST_LINES.styles : MOST_LINES.code);
    const long = code.filter((path) => !isTestOnly(path) && linesOf(path) > most(path));
    expect(long).toEqual(Object.keys(LONG_FILES).sort());
  });

  it('are named in kebab-case', () => {
    const odd = code.filter((path) => !/\/[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(path) && !isLanguage(path));
    expect(odd).toEqual([]);
  });

  it('are an index only of a package or of a plug-in folder', () => {
    const plugIn =
      /^packages\/(channels|services)\/src\/[^/]+\/index\.ts$|^packages\/flow\/src\/(nodes|locales)\/([^/]+\/)?index\.ts$/;
    const inner = sources.filter((path) => path.endsWith('/index.ts') && !/^packages\/[^/]+\/src\/index\.ts$/.test(path));
    expect(inner.filter((path) => !plugIn.test(path))).toEqual([]);
  });
});

describe.each(packages.filter((name) => sources.some((path) => path.startsWith(`packages/${name}/`))))(
  'the package %s',
  (name) => {
    it('has one way in, and it exists', () => {
      const manifest: { exports?: unknown; main?: unknown } = JSON.parse(read(`packages/${name}/package.json`));
      const door = DOORS[name]?.path ?? 'src/index.ts';
      expect(manifest.exports).toEqual({ '.': `./${door}` });
      expect(manifest.main).toBeUndefined();
      expect(files).toContain(`packages/${name}/${door}`);
    });
  },
);

function linesOf(path: string): number {
  return read(path).split('\n').length - 1;
}

/** A language's file has its BCP-47 tag as its name: sat-Olck. */
function isLanguage(path: string): boolean {
  return /\/(locales|texts)\/[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?(\.[a-z]+)+$/.test(path);
}
