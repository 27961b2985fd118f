/** The providers of a running server: off, unless HAZIR_PROVIDERS names a file. */
import {
  createDecoder,
  createGateway,
  createHttpClient,
  createProviderDesk,
  type Log,
  type ProviderCallMeter,
  type ProviderDesk,
} from '@hazir/runtime';
import { type Database, listOrganizations } from '@hazir/store';
import type { Config } from '../config.ts';
import { readProviders } from './read-providers.ts';

export interface OpenProviders {
  desk: ProviderDesk | undefined;
  /** Takes over new organizations. */
  refresh: () => Promise<void>;
  close: () => Promise<void>;
}

/** WhatsApp's own limit for a voice message. */
const MOST_BYTES = 16_000_000;
/** A request's own time-out is in the file; this only ends a connection that is forgotten. */
const FORGOTTEN_MS = 60_000;

export async function openProviders(options: {
  config: Config;
  database: Database;
  log: Log;
  now: () => number;
  meter: ProviderCallMeter;
}): Promise<OpenProviders> {
  const { config, database, log, now, meter } = options;
  if (config.providers === undefined) return { desk: undefined, refresh: async () => undefined, close: async () => undefined };
  const { rules } = readProviders(config.providers, process.env);
  let slugs = new Map<number, string>();
  const refresh = async () => {
    slugs = new Map((await listOrganizations(database)).map(({ id, slug }) => [id, slug]));
  };
  await refresh();
  const rulesOf = (organizationId: number) => rules.get(slugs.get(organizationId) ?? '');
  const http = createHttpClient(FORGOTTEN_MS);
  const gateway = createGateway({ database, http, log, rulesOf, now, meter });
  const decoder = createDecoder();
  const limits = { seconds: config.voiceSeconds, bytes: MOST_BYTES };
  return {
    desk: createProviderDesk({ gateway, rulesOf, decoder, limits }),
    refresh,
    close: async () => {
      await decoder.close();
      await http.close();
    },
  };
}
