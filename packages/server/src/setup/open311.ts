/** Open311 of a running server: its jurisdictions are the organizations whose packs take part. */
import type { ChannelBook, Log, PackBook } from '@hazir/runtime';
import { type AnswerOpen311, createOpen311, type Jurisdiction, open311Desk } from '@hazir/services';
import type { Database } from '@hazir/store';
import type { OrganizationNames } from './organization-names.ts';
import { servicesOf } from './services-of.ts';

export interface Open311House {
  database: Database;
  channels: ChannelBook;
  packs: PackBook;
  names: OrganizationNames;
  log: Log;
  now: () => number;
  publicUrl: string;
  /** What is reported in a demo reaches no office. */
  demo: boolean;
}

/** Answers what clients ask. */
export function openOpen311(house: Open311House): AnswerOpen311 {
  const { database, now, publicUrl, demo, log } = house;
  return createOpen311({
    ...{ database, now, random: Math.random, jurisdictions: () => currentJurisdictions(house) },
    ...{ url: `${publicUrl}/open311/v2`, type: demo ? 'test' : 'production' },
    failed: (error) => log('error', 'open311_failed', { detail: error instanceof Error ? error.name : 'unknown' }),
  });
}

/** As the packs are now, one for each organization. */
function currentJurisdictions(house: Open311House): Jurisdiction[] {
  const found = new Map<number, Jurisdiction>();
  for (const { organizationId, pack: wanted } of house.channels.all()) {
    const loaded = house.packs.current(organizationId, wanted);
    const requests = loaded && servicesOf(loaded.pack)?.requestDesk;
    const desk = requests && open311Desk(requests, loaded.pack.languages);
    const id = house.names.slugOf(organizationId);
    if (loaded === undefined || desk === undefined || id === undefined || found.has(organizationId)) continue;
    found.set(organizationId, { id, organizationId, desk, operations: loaded.operations });
  }
  return [...found.values()];
}
