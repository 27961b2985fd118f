/** The demo: an organization with a number for each of its packs, so that a newcomer has somebody to write to. Made in the embedded default only. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoNumbers, type SimulatedNumber } from '@hazir/simulator';
import { type Database, ensureOrganization, saveChannel } from '@hazir/store';
import type { Config } from '../config.ts';
import type { PublishingPackBook } from './pack-book.ts';
import { type PackFiles, readPack } from './read-pack.ts';

const GRAPH_VERSION = 'v25.0';
const NUMBERS = 3;
const FIRST = { slug: 'demo-mumbai', name: 'MyBMC Assist (demo, synthetic)', number: 0 };
/** Packs with an organization and a number of their own; any other one takes the first. */
const HOMES = new Map([
  ['mygov', { slug: 'demo-mygov', name: 'MyGov Helpdesk (demo, synthetic)', number: 1 }],
  ['ncw', { slug: 'demo-ncw', name: "Mothers' Helpline (demo, synthetic)", number: 2 }],
]);

/** Packs that come with Hazir. */
export const PACKS_DIR = resolve(fileURLToPath(new URL('../../../../packs', import.meta.url)));

/** What the demo's tokens and passwords are made of: this installation's own. */
export async function readDemoSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'demo-secret');
  await mkdir(dataDir, { recursive: true });
  if (!existsSync(path)) await writeFile(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFile(path, 'utf8');
}

/** The demo's numbers, with secrets that are this installation's own. */
export async function readDemoNumbers(dataDir: string, publicUrl: string): Promise<SimulatedNumber[]> {
  return demoNumbers(publicUrl, await readDemoSecret(dataDir), NUMBERS);
}

/** A pack of the demo with its organization and number. */
export interface Demo {
  organization: { slug: string; name: string };
  pack: PackFiles;
  number: SimulatedNumber;
}

/** The demo's packs with their numbers; `pack` alone on the first number when it is given. */
export async function readDemos(config: Config, options: { publicUrl: string; pack: PackFiles | undefined }): Promise<Demo[]> {
  const numbers = await readDemoNumbers(config.dataDir, options.publicUrl);
  const folder = config.packsDir ?? PACKS_DIR;
  const packs = options.pack
    ? [{ pack: options.pack, home: FIRST }]
    : await Promise.all(
        config.demoPack.split(',').map(async (id) => ({ pack: await readPack(join(folder, id)), home: HOMES.get(id) ?? FIRST })),
      );
  return packs.flatMap(({ pack, home }) => {
    const number = numbers[home.number];
    return number === undefined ? [] : [{ organization: { slug: home.slug, name: home.name }, pack, number }];
  });
}

export interface DemoHouse {
  database: Database;
  packs: PublishingPackBook;
  /** Where the Graph API is. */
  graphUrl: string;
}

/** Creates or refreshes organization, pack and channel of a demo; running it again changes nothing. */
export async function furnishDemo({ database, packs, graphUrl }: DemoHouse, { organization, pack, number }: Demo): Promise<void> {
  const { id: organizationId } = await ensureOrganization(database, organization.slug, organization.name);
  const loaded = await packs.publish(organizationId, pack);
  await saveChannel(database, {
    organizationId,
    channelType: 'whatsapp',
    accountId: number.numberId,
    businessId: number.businessId,
    name: number.name,
    displayPhone: number.displayPhone,
    pack: loaded.pack.id,
    baseUrl: graphUrl,
    version: GRAPH_VERSION,
    appId: number.appId,
    accessToken: number.accessToken,
    appSecret: number.appSecret,
    verifyToken: number.verifyToken,
    messagesPerSecond: number.throughput ?? 80,
    readReceipts: true,
  });
}
