/** `npm run eval:language -- --data FOLDER [--part NAME]`: measures the package language on data that is not part of Hazir. */
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { evaluateIntents } from './intents.ts';

/** Each part reads its own files below the folder and gives the table that is printed. */
const PARTS: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  intents: evaluateIntents,
};

const USAGE = `Usage: npm run eval:language -- --data FOLDER [--part ${Object.keys(PARTS).join('|')}]\n`;

const { values } = parseArgs({ options: { data: { type: 'string' }, part: { type: 'string' } } });
const names = values.part === undefined ? Object.keys(PARTS) : [values.part];
const folder = values.data;
const found = folder !== undefined && (await stat(folder).catch(() => undefined))?.isDirectory() === true;

if (!found || names.some((name) => !Object.hasOwn(PARTS, name))) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  for (const name of names) process.stdout.write(`## ${name}\n\n${await PARTS[name]?.(folder)}\n`);
}
