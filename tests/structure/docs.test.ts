/** The documents are true: links lead somewhere, commands and settings exist and are all described. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../packages/server/src/config.ts';
import { readCommands } from './support/commands.ts';
import { files, read } from './support/tree.ts';

const documents = files.filter((path) => path.endsWith('.md') && !path.includes('/testdata/') && !path.startsWith('packs/'));
const folders = new Set(files.flatMap(foldersOf));
const commands = await readCommands();
const commandLine = () => read('docs/how-to/command-line.md');

describe.each(documents)('%s', (path) => {
  it('links to what exists', () => {
    const targets = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].flatMap((match) => match[1] ?? []);
    const ours = targets.filter((target) => !/^(https?:|mailto:|#)/.test(target)).map((target) => target.replace(/#.*$/, ''));
    const missing = ours.filter((target) => {
      const wanted = posix.join(posix.dirname(path), target).replace(/\/$/, '');
      return !files.includes(wanted) && !folders.has(wanted);
    });
    expect(missing).toEqual([]);
  });

  it('names npm scripts and hazir commands that exist', () => {
    const text = read(path);
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const named = [...text.matchAll(/\bnpm (?:run (?:--silent )?([a-z]+(?::[a-z]+)*)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
    const told = [...text.matchAll(/(?:`|\$ |^|-- )hazir (?!-)([a-z][a-z0-9]*)/gm)].flatMap((match) => match[1] ?? []);
    expect(told.filter((command) => !commands.some(({ name }) => name.split(' ')[0] === command))).toEqual([]);
  });
});

describe('docs/how-to/command-line.md', () => {
  it('describes every command, and no other', () => {
    const described = [...commandLine().matchAll(/^\| `hazir ([^`]+)` \|/gm)].flatMap((match) => match[1] ?? []);
    expect(described.sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  it('describes every option with its command', () => {
    const rows = [...commandLine().matchAll(/^\| `(--[^`]+)` \| ([^|]+) \|/gm)];
    const described = rows.flatMap(([, option = '', of = '']) =>
      of.split(',').map((name) => `${name.trim().replaceAll('`', '')} ${option}`),
    );
    const wanted = commands.flatMap(({ name, options }) => options.map((option) => `${name.replace(/ [<[].*$/, '')} ${option}`));
    expect(described.sort()).toEqual(wanted.sort());
  });

  it('describes every setting, with its name in the file', () => {
    const rows = [...commandLine().matchAll(/^\| `([A-Z_]+)` \| `(\w+)` \|/gm)].map(([, name = '', key = '']) => ({ name, key }));
    expect(rows).toEqual(Object.entries(SETTINGS).map(([name, { key }]) => ({ name, key })));
  });
});

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
