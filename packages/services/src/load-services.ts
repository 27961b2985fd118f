/** Loads the services that a pack names, each with the settings that the pack gives it. */
import type { Json, Problem } from '@hazir/core';
import type { MigrationFolder, Operation } from '@hazir/store';
import { appointments } from './appointments/module.ts';
import type { Schedule } from './appointments/schedule.ts';
import { parseYaml } from './data/yaml.ts';
import { directory } from './directory/module.ts';
import { documents } from './documents/module.ts';
import type { Helpline } from './helpline/desk.ts';
import { helpline } from './helpline/module.ts';
import { knowledge } from './knowledge/module.ts';
import { oneTimeCodes } from './one-time-codes/module.ts';
import { people } from './people/module.ts';
import { reminders } from './reminders/module.ts';
import type { Knows, MakeFile, NamesPlace, SearchedTexts, ServiceModule, ServiceSource } from './service-module.ts';
import type { RequestDesk } from './service-requests/desk.ts';
import { serviceRequests } from './service-requests/module.ts';
import { open311Migrations } from './service-requests/open311/migrations.ts';
import { triage } from './triage/module.ts';

/** Every citizen service, by the name that pack.yaml uses: one line each. */
export const serviceModules: ReadonlyMap<string, ServiceModule> = new Map([
  [appointments.name, appointments],
  [directory.name, directory],
  [knowledge.name, knowledge],
  [serviceRequests.name, serviceRequests],
  [documents.name, documents],
  [helpline.name, helpline],
  [people.name, people],
  [oneTimeCodes.name, oneTimeCodes],
  [reminders.name, reminders],
  [triage.name, triage],
]);

/** The tables of all services; run after the store's own. */
export const serviceMigrations: MigrationFolder[] = [
  ...[...serviceModules.values()].flatMap(({ migrations }) => migrations ?? []),
  open311Migrations,
];

export interface LoadedServices {
  /** By name, for example "directory.areasAt". */
  operations: Map<string, Operation>;
  problems: Problem[];
  knows?: Knows;
  names?: NamesPlace;
  schedule?: Schedule;
  requestDesk?: RequestDesk;
  helpline?: Helpline;
  /** By the name of the service. */
  makers: ReadonlyMap<string, MakeFile>;
  /** To be written before the pack's version runs. */
  searched: SearchedTexts[];
}

/** `services` is the block of that name in pack.yaml: settings by service. */
export function loadServices(services: Readonly<Record<string, Json>>, source: Omit<ServiceSource, 'settings'>): LoadedServices {
  const operations = new Map<string, Operation>();
  const problems: Problem[] = [];
  const searched: SearchedTexts[] = [];
  const makers = new Map<string, MakeFile>();
  let knows: Knows | undefined;
  let names: NamesPlace | undefined;
  let schedule: Schedule | undefined;
  let requestDesk: RequestDesk | undefined;
  let desks: Helpline | undefined;
  for (const [name, settings] of Object.entries(services)) {
    const module = serviceModules.get(name);
    if (module === undefined) {
      problems.push(unknownService(name, source));
      continue;
    }
    const loaded = module.load({ ...source, settings });
    problems.push(...loaded.problems);
    knows = loaded.knows ?? knows;
    names = loaded.names ?? names;
    schedule = loaded.schedule ?? schedule;
    requestDesk = loaded.requestDesk ?? requestDesk;
    desks = loaded.helpline ?? desks;
    if (loaded.makeFile !== undefined) makers.set(name, loaded.makeFile);
    if (loaded.searched !== undefined) searched.push(loaded.searched);
    for (const operation of loaded.operations) operations.set(operation.signature.name, operation);
  }
  return {
    operations,
    problems,
    searched,
    makers,
    ...(knows && { knows }),
    ...(names && { names }),
    ...(schedule && { schedule }),
    ...(requestDesk && { requestDesk }),
    ...(desks && { helpline: desks }),
  };
}

function unknownService(name: string, source: Omit<ServiceSource, 'settings'>): Problem {
  const manifest = parseYaml(source.readText('pack.yaml') ?? '');
  return {
    code: 'pack:unknown-service',
    message: `There is no service "${name}"`,
    file: 'pack.yaml',
    line: 'value' in manifest ? manifest.lineOf(['services', name]) : 1,
    hint: `Known services: ${[...serviceModules.keys()].join(', ')}.`,
  };
}
