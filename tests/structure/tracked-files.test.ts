/** What must not be in the repository: paths of one machine, addresses of registries, secrets, and what a build makes. */
import { describe, expect, it } from 'vitest';
import { ROOT, read, tracked } from './support/tree.ts';

const TEXT = /\.(ts|tsx|js|mjs|json|md|ya?ml|sql|css|html|svg|csv|geojson|sh|txt)$|^[^.]+$|(^|\/)\.[a-z]+(rc|ignore|config)?$/;
const texts = tracked.filter((path) => TEXT.test(path) && path !== 'tests/structure/tracked-files.test.ts');

const forbidden: readonly { what: string; pattern: RegExp }[] = [
  { what: 'path of one machine', pattern: /(?<![\w.~})/-])\/(?:work|root|home\/[a-z]+|Users\/\w+|tmp\/n24)\// },
  { what: 'registry address', pattern: /registry\.npmjs\.org|registry\.yarnpkg\.com|npmmirror\.com/ },
  { what: 'private key', pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/ },
  { what: 'Graph API token', pattern: /\bEAA[A-Za-z0-9]{40,}/ },
];

describe('tracked files', () => {
  it.each(forbidden)('hold no $what', ({ pattern }) => {
    expect(texts.filter((path) => pattern.test(read(path)))).toEqual([]);
  });

  it('do not name this checkout', () => {
    expect(texts.filter((path) => read(path).includes(`${ROOT}/`))).toEqual([]);
  });

  it('are no build output and no data of a server', () => {
    expect(tracked.filter((path) => /(^|\/)(node_modules|dist|\.hazir|coverage)\/|\.tsbuildinfo$|\.log$/.test(path))).toEqual([]);
  });

  it('include a lock file that names no download address and hashes every package', () => {
    const { packages }: { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }> } = JSON.parse(
      read('package-lock.json'),
    );
    const locked = Object.entries(packages).filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true);
    expect(locked.filter(([, entry]) => /^https?:/.test(entry.resolved ?? '')).map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('fix every version', () => {
    const loose = tracked
      .filter((path) => /(^|\/)package\.json$/.test(path))
      .flatMap((path) => {
        const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(read(path));
        const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
        return Object.entries(all)
          .filter(([, version]) => !/^\d/.test(version))
          .map(([name]) => `${path}: ${name}`);
      });
    expect(loose).toEqual([]);
  });
});
