/** The other systems of a running server: those of HAZIR_SYSTEMS and, in a demo, the simulated ones. */
import { type OutsideSystem, type SystemBook, systemAdapters } from '@hazir/runtime';
import { DEMO_SYSTEMS } from '@hazir/simulator';
import type { Config } from '../config.ts';
import type { OrganizationNames } from './organization-names.ts';
import { type ConfiguredSystem, readSystems } from './read-systems.ts';

/** `simulatorUrl`: present in a demo. */
export function openSystems(options: { config: Config; names: OrganizationNames; simulatorUrl: string | undefined }): SystemBook {
  const { config, names, simulatorUrl } = options;
  const simulated = simulatorUrl === undefined ? new Map<string, ConfiguredSystem>() : simulatedSystems(simulatorUrl);
  const own = config.systems === undefined ? [] : readSystems(config.systems, process.env);
  const systems = new Map([...simulated, ...own]);
  return (host, organizationId) => {
    const system = systems.get(host);
    const allowed = system?.organizations;
    return allowed === undefined || allowed.includes(names.slugOf(organizationId) ?? '') ? system : 'refused';
  };
}

const TIMEOUT_MS = 8_000;

function simulatedSystems(url: string): Map<string, ConfiguredSystem> {
  return new Map(
    DEMO_SYSTEMS.flatMap(({ host, path, speaks, key }) => {
      const adapter = systemAdapters.get(speaks);
      if (adapter === undefined) return [];
      const account: OutsideSystem['account'] = { address: `${url}${path}`, headers: {}, ...(key !== undefined && { key }) };
      return [[host, { adapter, account, timeoutMs: TIMEOUT_MS, keepMs: 0, organizations: undefined }] as const];
    }),
  );
}
