/**
 * Do the fences bite? A copy of the packages is made, a forbidden import is written into it, and the tool that should
 * refuse must refuse, with its own words. Then the import is taken out again, and the tool must be content: otherwise it
 * might refuse everything.
 *
 * Who guards what: a package that is not declared is Biome's to find (TypeScript takes a workspace package for an external
 * one and says nothing), a path into another package and the globals of Node.js and browsers are TypeScript's.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files, packages, ROOT } from './support/tree.ts';

const PURE = ['core', 'language', 'flow', 'channels'];
const BINARIES = { tsc: 'node_modules/typescript/bin/tsc', biome: 'node_modules/@biomejs/biome/bin/biome' };
const copy = mkdtempSync(join(tmpdir(), 'hazir-canary-'));

beforeAll(() => {
  const wanted = files.filter((path) => /^(packages\/[^/]+\/(src\/.*|[^/]+)|[^/]+\.json|\.gitignore)$/.test(path));
  for (const path of wanted) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path));
  }
  linkModules();
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

interface Canary {
  package: string;
  text: string;
  tool: keyof typeof BINARIES;
  says: RegExp;
}

const escapes: readonly Canary[] = [
  ...PURE.map((name) => ({
    package: name,
    text: `import { readFileSync } from 'node:fs';\nexport const canary = readFileSync;\n`,
    tool: 'tsc' as const,
    says: /canary\.ts\(1,\d+\): error TS2591: Cannot find name 'node:fs'/,
  })),
  ...PURE.map((name) => ({
    package: name,
    text: 'export const canary = document.title;\n',
    tool: 'tsc' as const,
    says: /canary\.ts\(1,\d+\): error TS2584: Cannot find name 'document'/,
  })),
  {
    package: 'flow',
    text: `import { openDatabase } from '../../store/src/index.ts';\nexport const canary = openDatabase;\n`,
    tool: 'tsc',
    says: /canary\.ts\(1,\d+\): error TS6059: File '.*packages\/store\/src\/index\.ts' is not under 'rootDir'/,
  },
  {
    package: 'flow',
    text: `import { ingest } from '@hazir/store/src/path/inbox.ts';\nexport const canary = ingest;\n`,
    tool: 'tsc',
    says: /canary\.ts\(1,\d+\): error TS2307: Cannot find module '@hazir\/store\/src\/path\/inbox\.ts'/,
  },
  ...['flow', 'channels'].map((name) => ({
    package: name,
    text: `import { openDatabase } from '@hazir/store';\nexport const canary = openDatabase;\n`,
    tool: 'biome' as const,
    says: /Dependency @hazir\/store isn't specified in packages\/(flow|channels)\/package\.json/,
  })),
  {
    package: 'runtime',
    text: `import { channelAdapters } from '@hazir/channels';\nexport const canary = channelAdapters;\n`,
    tool: 'biome',
    says: /Dependency @hazir\/channels isn't specified in packages\/runtime\/package\.json/,
  },
  {
    package: 'core',
    text: `import { other } from './canary-other.ts';\nexport const canary = () => other;\n`,
    tool: 'biome',
    says: /This import is part of a cycle/,
  },
];

describe('the fences', () => {
  it('let the packages pass as they are', { timeout: 60_000 }, () => {
    const built = run('tsc', ['-b', ...PURE.map((name) => `packages/${name}`)]);
    expect(built).toEqual({ code: 0, output: '' });
  });

  it.each(escapes)('refuse: $package with $tool, $text', { timeout: 60_000 }, (canary) => {
    const folder = `packages/${canary.package}/src`;
    const place = join(copy, folder, 'canary.ts');
    const other = join(copy, folder, 'canary-other.ts');
    writeFileSync(other, `import { canary } from './canary.ts';\nexport const other = () => canary;\n`);
    writeFileSync(place, canary.text);
    const caught = check(canary);
    writeFileSync(place, 'export const canary = 1;\n');
    const passed = check(canary);
    rmSync(place);
    rmSync(other);
    expect(caught.output).toMatch(canary.says);
    expect(caught.code).not.toBe(0);
    expect(passed).toMatchObject({ code: 0 });
  });
});

function check({ tool, package: name }: Canary): { code: number | null; output: string } {
  if (tool === 'tsc') return run('tsc', ['-b', `packages/${name}`]);
  const rules = ['correctness/noUndeclaredDependencies', 'suspicious/noImportCycles'].map((rule) => `--only=${rule}`);
  return run('biome', ['lint', ...rules, `packages/${name}/src/canary.ts`, `packages/${name}/src/canary-other.ts`]);
}

function run(tool: keyof typeof BINARIES, list: string[]): { code: number | null; output: string } {
  const script = join(ROOT, BINARIES[tool]);
  const options = tool === 'tsc' ? ['--pretty', 'false'] : ['--colors=off'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...list, ...options], { cwd: copy, encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
}

/** The installed packages as they are, but our own from the copy. */
function linkModules(): void {
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@hazir'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@hazir') symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
  for (const name of packages) symlinkSync(join(copy, 'packages', name), join(modules, '@hazir', name), 'junction');
}
