/** A past for an organization of the demo: what lists, maps and figures look like after a year, and what they cost then. */
import { HazirError, isJsonObject, type JsonObject, property, textProperty } from '@hazir/core';
import { type LoadedPack, seededRandom } from '@hazir/runtime';
import { loadPast, type Past, readPast, removePast } from '@hazir/services';
import { type Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import type { PackFiles } from '../setup/read-pack.ts';
import { readNamedFiles } from './named-pack.ts';
import { organizationId } from './organization-id.ts';
import { print } from './output.ts';
import { withDatabase } from './with-database.ts';

const ORGANIZATION = 'demo-mumbai';
const MOST = 2_000_000;

interface Options {
  organization: string;
  pack?: string;
  requests: number;
  seed: string;
}

export function addDemoCommand(program: Command): void {
  const demo = program.command('demo').description('a made-up past for a demo; everything in it is synthetic and says so');
  demo
    .command('load')
    .description('stores a year of service requests as the pack describes it (demo/past-requests.yaml)')
    .option('--organization <slug>', 'short name of the organization', ORGANIZATION)
    .option('--pack <pack>', "name of a pack, or its folder; default: the demo's")
    .option('--requests <number>', 'how many', countOf, 100_000)
    .option('--seed <text>', 'another seed, another past', '1')
    .action(load);
  demo
    .command('remove')
    .description('deletes what "demo load" stored')
    .option('--organization <slug>', 'short name of the organization', ORGANIZATION)
    .action(remove);
}

async function load(options: Options): Promise<void> {
  const past = await pastOf(options.pack, options.seed);
  const started = performance.now();
  await withDatabase(async (database) =>
    loadPast(database, {
      organizationId: await organizationId(database, options.organization),
      ...{ past, count: options.requests, seed: options.seed, now: new Date(), randomOf: seededRandom },
      progress: (done) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${options.requests} requests`);
      },
    }),
  );
  if (process.stderr.isTTY) process.stderr.write('\n');
  print(`${options.requests} requests stored in ${Math.round((performance.now() - started) / 1_000)} s.`);
}

async function remove({ organization }: { organization: string }): Promise<void> {
  const removed = await withDatabase(async (database) => removePast(database, await organizationId(database, organization)));
  print(removed === 0 ? 'There is no such past.' : `${removed} requests and their citizens are deleted.`);
}

async function pastOf(given: string | undefined, seed: string): Promise<Past> {
  const { files, loaded } = await readNamedFiles(given);
  const source = {
    settings: property(property(headOf(files), 'services'), 'service-requests') ?? null,
    languages: loaded.pack.languages,
    defaultLanguage: loaded.pack.defaultLanguage,
    readText: (path: string) => files.files.get(path),
  };
  const { past, problems } = await readPast(source, { areaAt: areaAt(loaded), random: seededRandom(`${seed}/spots`) });
  if (past !== undefined) return past;
  const said = problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('; ');
  throw new HazirError('usage:demo', `The pack ${files.id} describes no past: ${said}.`, {
    hint: 'Write demo/past-requests.yaml; the pack mumbai has one.',
  });
}

function headOf(files: PackFiles): JsonObject {
  const head: unknown = parse(files.files.get('pack.yaml') ?? '');
  return isJsonObject(head) ? head : {};
}

/** Asks the directory, as a flow would. */
function areaAt({ operations, pack }: LoadedPack): Parameters<typeof readPast>[1]['areaAt'] {
  const find = operations.get('directory.areasAt');
  const subject = { id: '', organizationId: 0, contactId: '', conversationId: '', language: pack.defaultLanguage };
  const nothing = { query: () => Promise.reject(new Error('no database here')) };
  const context = { tx: nothing, subject, now: new Date(), newId: () => '', random: () => 0 };
  return async ({ latitude, longitude }) => {
    const found = await find?.run({ place: { latitude, longitude } }, context);
    const [first] = found?.ok && Array.isArray(found.value) ? found.value : [];
    return first === undefined ? undefined : textProperty(first, 'code');
  };
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST) throw new InvalidArgumentError(`a whole number from 1 to ${MOST}`);
  return count;
}
