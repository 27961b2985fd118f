/** Cries for help: how many are heard, as written and misspelt by rule, and which ordinary phrases are taken for one. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DANGERS, findDanger } from '@hazir/language';
import { parse } from 'yaml';
import calm from '../../packages/language/src/danger/testdata/calm.json' with { type: 'json' };
import cries from '../../packages/language/src/danger/testdata/cries.json' with { type: 'json' };
import { misspellingsOf } from '../../packages/language/src/danger/testing/misspell.ts';
import { type Report, tableOf } from './report.ts';

const PACKS = new URL('../../packs/', import.meta.url).pathname;

interface Source {
  name: string;
  phrases: readonly string[];
}

/** One row for each danger, and one for each source of ordinary phrases with what was taken for a cry. */
export async function evaluateDanger(folder: string): Promise<Report> {
  const recall = DANGERS.map((danger) => {
    const own = cries[danger];
    const misspelt = own.flatMap(misspellingsOf);
    return {
      danger,
      cries: String(own.length),
      recall: shareOf(own),
      misspelt: String(misspelt.length),
      'recall misspelt': shareOf(misspelt),
      'as this danger': (own.filter((cry) => findDanger(cry) === danger).length / own.length).toFixed(2),
    };
  });
  const sources: Source[] = [
    { name: 'calm messages', phrases: calm },
    ...(await packs()),
    ...(await bots(join(folder, 'intents'))),
  ];
  const alarms = sources.map(({ name, phrases }) => ({
    'ordinary phrases': name,
    phrases: String(phrases.length),
    'taken for a cry': String(phrases.filter((phrase) => findDanger(phrase) !== undefined).length),
  }));
  const shown = sources.flatMap(({ name, phrases }) =>
    phrases.flatMap((phrase) => {
      const danger = findDanger(phrase);
      return danger === undefined ? [] : [`- ${name}: ${danger}: ${phrase}`];
    }),
  );
  return { text: `${tableOf(recall)}\n${tableOf(alarms)}\n${shown.join('\n')}\n`, data: { recall, alarms, shown } };
}

function shareOf(phrases: readonly string[]): string {
  return (phrases.filter((cry) => findDanger(cry) !== undefined).length / phrases.length).toFixed(3);
}

async function packs(): Promise<Source[]> {
  const names = await readdir(PACKS);
  return Promise.all(
    names.map(async (name) => {
      const folder = join(PACKS, name, 'phrases');
      const files = await readdir(folder);
      const read = await Promise.all(files.map(async (file) => textsIn(parse(await readFile(join(folder, file), 'utf8')))));
      return { name: `pack ${name}`, phrases: read.flat() };
    }),
  );
}

async function bots(folder: string): Promise<Source[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('_train.csv')).sort();
  return Promise.all(
    files.map(async (file) => {
      const lines = (await readFile(join(folder, file), 'utf8')).split(/\r?\n/).slice(1);
      return {
        name: `bot ${basename(file, '_train.csv')}`,
        phrases: lines.map((line) => line.replace(/,[^,]*$/, '')).filter((line) => line !== ''),
      };
    }),
  );
}

/** Every text of a YAML file. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
