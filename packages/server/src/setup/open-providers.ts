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
import type { Database } from '@hazir/store';
import type { Config } from '../config.ts';
import type { OrganizationNames } from './organization-names.ts';
import { readProviders } from './read-providers.ts';

export interface OpenProviders {
  desk: ProviderDesk | undefined;
  close: () => Promise<void>;
}

/** WhatsApp's own limit for a voice message. */
const MOST_BYTES = 16_000_000;
/** A request's own time-out is in the file; this only ends a connection that is forgotten. */
const FORGOTTEN_MS = 60_000;

export function openProviders(options: {
  config: Config;
  database: Database;
  names: OrganizationNames;
  log: Log;
  now: () => number;
  meter: ProviderCallMeter;
}): OpenProviders {
  const { config, database, names, log, now, meter } = options;
  if (config.providers === undefined) return { desk: undefined, close: async () => undefined };
  const { rules } = readProviders(config.providers, process.env);
  const rulesOf = (organizationId: number) => rules.get(names.slugOf(organizationId) ?? '');
  const http = createHttpClient(FORGOTTEN_MS);
  const gateway = createGateway({ database, http, log, rulesOf, now, meter });
  const decoder = createDecoder();
  const limits = { seconds: config.voiceSeconds, bytes: MOST_BYTES };
  return {
    desk: createProviderDesk({ gateway, rulesOf, decoder, limits }),
    close: async () => {
      await decoder.close();
      await http.close();
    },
  };
}
