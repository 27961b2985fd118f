/** The demo: one organization with one number, so that a newcomer has somebody to write to. Made in the embedded default only. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoNumbers, type SimulatedNumber } from '@hazir/simulator';
import { type Database, ensureOrganization, saveChannel } from '@hazir/store';
import type { PublishingPackBook } from './pack-book.ts';
import type { PackFiles } from './read-pack.ts';

const ORGANIZATION = { slug: 'demo-mumbai', name: 'MyBMC Assist (demo, synthetic)' };
const GRAPH_VERSION = 'v25.0';

/** Packs that come with Hazir. */
export const PACKS_DIR = resolve(fileURLToPath(new URL('../../../../packs', import.meta.url)));

/** The demo's numbers, with secrets that are this installation's own. */
export async function readDemoNumbers(dataDir: string, publicUrl: string): Promise<SimulatedNumber[]> {
  const path = join(dataDir, 'demo-secret');
  await mkdir(dataDir, { recursive: true });
  if (!existsSync(path)) await writeFile(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return demoNumbers(publicUrl, await readFile(path, 'utf8'));
}

export interface DemoOptions {
  database: Database;
  packs: PublishingPackBook;
  pack: PackFiles;
  numbers: readonly SimulatedNumber[];
  /** Where the Graph API is. */
  graphUrl: string;
}

/** Creates or refreshes organization, pack and channels; running it again changes nothing. */
export async function furnishDemo(options: DemoOptions): Promise<void> {
  const organization = await ensureOrganization(options.database, ORGANIZATION.slug, ORGANIZATION.name);
  const loaded = await options.packs.publish(organization.id, options.pack);
  for (const number of options.numbers) {
    await saveChannel(options.database, {
      organizationId: organization.id,
      channelType: 'whatsapp',
      accountId: number.numberId,
      businessId: number.businessId,
      name: number.name,
      displayPhone: number.displayPhone,
      pack: loaded.pack.id,
      baseUrl: options.graphUrl,
      version: GRAPH_VERSION,
      appId: number.appId,
      accessToken: number.accessToken,
      appSecret: number.appSecret,
      verifyToken: number.verifyToken,
      messagesPerSecond: number.throughput ?? 80,
      readReceipts: true,
    });
  }
}
