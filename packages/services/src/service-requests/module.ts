/** What citizens report and ask for, from the first message to the rating. */
import { fileURLToPath } from 'node:url';
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { readCategories } from './categories.ts';
import { categoryOperations } from './category-operations.ts';
import { openOperation } from './open.ts';
import { ownOperations } from './own-operations.ts';
import { referenceOperations } from './reference-operations.ts';
import { serviceRequestSettings } from './settings.ts';

export const serviceRequests: ServiceModule = {
  name: 'service-requests',
  migrations: { prefix: '1-service-requests', path: fileURLToPath(new URL('migrations', import.meta.url)) },
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(serviceRequestSettings, { source, reader, service: 'service-requests' });
    const categories = settings === undefined ? undefined : readCategories(reader, settings.categories);
    if (settings === undefined || categories === undefined || reader.problems.length > 0)
      return { operations: [], problems: reader.problems };
    const place = { settings, categories, defaultLanguage: source.defaultLanguage };
    const operations = [
      ...categoryOperations(place),
      openOperation(place),
      ...referenceOperations(place),
      ...ownOperations(place),
    ];
    return { operations, problems: [] };
  },
};
