/** The walls of the house: who may import whom, and that docs/architecture.md draws what is built. */
import { describe, expect, it } from 'vitest';
import { importsOf, ownPackage } from './support/imports.ts';
import { files, packageOf, packages, read, sources } from './support/tree.ts';

/** Who may import whom. A wall moves with an ADR in docs/adr/, never with a pull request alone. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  language: ['core'],
  flow: ['core', 'language'],
  channels: ['core'],
  store: ['core'],
  services: ['core', 'flow', 'language', 'store'],
  runtime: ['core', 'flow', 'language', 'store'],
  simulator: ['core'],
  server: ['channels', 'core', 'flow', 'language', 'runtime', 'services', 'simulator', 'store'],
  console: ['core'],
};

/** These run anywhere: no Node.js, no browser. */
const PURE = ['core', 'language', 'flow', 'channels'];

const built = new Map(packages.map((name) => [name, importsOfPackage(name)]));

describe('the import graph', () => {
  it('stays inside the walls', () => {
    const outside = [...built].flatMap(([name, imported]) =>
      imported.filter((one) => !(ALLOWED[name] ?? []).includes(one)).map((one) => `${name} -> ${one}`),
    );
    expect(outside).toEqual([]);
    expect(packages).toEqual(Object.keys(ALLOWED).sort());
  });

  it('is the one that docs/architecture.md draws', () => {
    expect(drawnGraph()).toEqual(Object.fromEntries(built));
  });

  it.each(packages.filter(hasSources))('is declared by the manifest and the references of %s', (name) => {
    const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(read(`packages/${name}/package.json`));
    const { references = [] }: { references?: { path: string }[] } = JSON.parse(read(`packages/${name}/tsconfig.json`));
    const declared = Object.keys(dependencies).flatMap((one) => ownPackage(one) ?? []);
    const wanted = built.get(name) ?? [];
    expect(wanted.filter((one) => !declared.includes(one))).toEqual([]);
    expect(wanted.filter((one) => !references.some(({ path }) => path === `../${one}`))).toEqual([]);
    expect(declared.filter((one) => !(ALLOWED[name] ?? []).includes(one))).toEqual([]);
  });
});

describe('imports', () => {
  it('reach another package through its door only', () => {
    const found = importPlaces((path, specifier) => {
      const through = /^@hazir\/[a-z-]+$/.test(specifier);
      const name = packageOf(path);
      return specifier.startsWith('@hazir/') ? !through || ownPackage(specifier) === name : leaves(path, specifier);
    });
    expect(found).toEqual([]);
  });

  it.each(PURE)('of %s are free of Node.js', (name) => {
    const found = importPlaces((path, specifier) => packageOf(path) === name && specifier.startsWith('node:'));
    expect(found).toEqual([]);
  });

  it.each(['channels', 'services'])('between the plug-ins of %s do not exist', (name) => {
    const folder = `packages/${name}/src/`;
    const plugIn = (path: string) => /^([^/]+)\//.exec(path.slice(folder.length))?.[1];
    const found = importPlaces((path, specifier) => {
      if (!path.startsWith(folder) || plugIn(path) === undefined || !specifier.startsWith('.')) return false;
      const target = plugIn(targetOf(path, specifier));
      return target !== undefined && target !== plugIn(path) && isPlugIn(`${folder}${target}`);
    });
    expect(found).toEqual([]);
  });
});

function hasSources(name: string): boolean {
  return sources.some((path) => packageOf(path) === name);
}

function importsOfPackage(name: string): string[] {
  const imported = sources
    .filter((path) => packageOf(path) === name)
    .flatMap((path) => importsOf(read(path)))
    .flatMap((specifier) => ownPackage(specifier) ?? []);
  return [...new Set(imported)].sort();
}

/** The block that begins with ```imports: one line for each package, "flow -> core, language". */
function drawnGraph(): Record<string, string[]> {
  const block = /```imports\n([\s\S]*?)```/.exec(read('docs/architecture.md'))?.[1] ?? '';
  return Object.fromEntries(
    block
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', imported = ''] = line.split('->').map((part) => part.trim());
        return [
          name,
          imported
            .split(',')
            .flatMap((one) => one.trim() || [])
            .sort(),
        ];
      }),
  );
}

function importPlaces(wrong: (path: string, specifier: string) => boolean): string[] {
  return sources.flatMap((path) =>
    importsOf(read(path))
      .filter((specifier) => wrong(path, specifier))
      .map((specifier) => `${path}: ${specifier}`),
  );
}

function leaves(path: string, specifier: string): boolean {
  return specifier.startsWith('.') && !targetOf(path, specifier).startsWith(`packages/${packageOf(path)}/`);
}

function targetOf(path: string, specifier: string): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

/** A plug-in's folder has a door of its own; other folders are shared by all. */
function isPlugIn(folder: string): boolean {
  return files.includes(`${folder}/index.ts`) || files.includes(`${folder}/module.ts`);
}
