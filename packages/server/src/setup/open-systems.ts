/** The other systems of a running server: those of HAZIR_SYSTEMS and, in a demo, the simulated ones. */
import { type OutsideSystem, type SystemBook, systemAdapters } from '@hazir/runtime';
import { DEMO_SYSTEMS, demoIssuerKey } from '@hazir/simulator';
import { type Database, listOrganizations } from '@hazir/store';
import type { Config } from '../config.ts';
import { type ConfiguredSystem, readSystems } from './read-systems.ts';

export interface OpenSystems {
  book: SystemBook;
  /** Takes over new organizations. */
  refresh: () => Promise<void>;
}

/** `simulatorUrl`: present in a demo. */
export async function openSystems(options: {
  config: Config;
  database: Database;
  simulatorUrl: string | undefined;
}): Promise<OpenSystems> {
  const { config, database, simulatorUrl } = options;
  const simulated = simulatorUrl === undefined ? new Map<string, ConfiguredSystem>() : simulatedSystems(simulatorUrl);
  const own = config.systems === undefined ? [] : readSystems(config.systems, process.env);
  const systems = new Map([...simulated, ...own]);
  let slugs = new Map<number, string>();
  const refresh = async () => {
    slugs = new Map((await listOrganizations(database)).map(({ id, slug }) => [id, slug]));
  };
  await refresh();
  return {
    refresh,
    book: (host, organizationId) => {
      const system = systems.get(host);
      const allowed = system?.organizations;
      return allowed === undefined || allowed.includes(slugs.get(organizationId) ?? '') ? system : 'refused';
    },
  };
}

const TIMEOUT_MS = 8_000;

function simulatedSystems(url: string): Map<string, ConfiguredSystem> {
  return new Map(
    DEMO_SYSTEMS.flatMap(({ host, path, speaks }) => {
      const adapter = systemAdapters.get(speaks);
      if (adapter === undefined) return [];
      const account: OutsideSystem['account'] = { address: `${url}${path}`, headers: {}, key: demoIssuerKey };
      return [[host, { adapter, account, timeoutMs: TIMEOUT_MS, keepMs: 0, organizations: undefined }] as const];
    }),
  );
}
