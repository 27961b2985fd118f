/** `npm run eval:language -- --data FOLDER [--part NAME] [--json]`: measures the package language on data that is not part of Hazir. */
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { evaluateDanger } from './danger.ts';
import { evaluateIntents } from './intents.ts';
import { evaluateKeys } from './keys.ts';
import { evaluateLanguages } from './languages.ts';
import type { Report } from './report.ts';
import { evaluateRetrieval } from './retrieval.ts';

/** Each part reads its own files below the folder and gives a table. */
const PARTS: Readonly<Record<string, (folder: string) => Promise<Report>>> = {
  keys: evaluateKeys,
  intents: evaluateIntents,
  danger: evaluateDanger,
  languages: evaluateLanguages,
  retrieval: evaluateRetrieval,
};

const USAGE = `Usage: npm run eval:language -- --data FOLDER [--part ${Object.keys(PARTS).join('|')}] [--json]\n`;

const values = readOptions();
const names = values.part === undefined ? Object.keys(PARTS) : [values.part];
const folder = values.data;
const found = folder !== undefined && (await stat(folder).catch(() => undefined))?.isDirectory() === true;

if (!found || names.some((name) => !Object.hasOwn(PARTS, name))) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const data: Record<string, unknown> = {};
  for (const name of names) {
    const report = await PARTS[name]?.(folder);
    data[name] = report?.data;
    if (values.json !== true) process.stdout.write(`## ${name}\n\n${report?.text}\n`);
  }
  if (values.json === true) process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
}

/** An unknown option gets the usage, as --help does. */
function readOptions(): { data?: string; part?: string; json?: boolean } {
  try {
    return parseArgs({ options: { data: { type: 'string' }, part: { type: 'string' }, json: { type: 'boolean' } } }).values;
  } catch {
    return {};
  }
}
