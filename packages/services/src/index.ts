import type { JsonObject, Problem } from '@hazir/core';
import type { MigrationFolder, Operation } from '@hazir/store';
import type { ServiceModule, ServiceSource } from './service-module.ts';

/** Every citizen service; a new one is one line here. */
export const serviceModules: ReadonlyMap<string, ServiceModule> = new Map([]);

/** Tables of the services, in the order in which they came. */
export const serviceMigrations: MigrationFolder[] = [];

/** Loads the services that a pack names, each with its settings. */
export function loadServices(_services: JsonObject, _source: Omit<ServiceSource, 'settings'>): { operations: Map<string, Operation>; problems: Problem[] } {
  return { operations: new Map(), problems: [] };
}
