/** People for whom a citizen asks: up to four (or as configured) under one contact. */
import { fileURLToPath } from 'node:url';
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { peopleOperations } from './operations.ts';
import { peopleSettings } from './settings.ts';

export const people: ServiceModule = {
  name: 'people',
  migrations: { prefix: '4-people', path: fileURLToPath(new URL('migrations', import.meta.url)) },
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(peopleSettings, { source, reader, service: 'people' });
    if (settings === undefined) return { operations: [], problems: reader.problems };
    return { operations: peopleOperations(settings), problems: [] };
  },
};
