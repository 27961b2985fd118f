/** What citizens report and ask for, from the first message to the rating. */
import { fileURLToPath } from 'node:url';
import { readBoundaries } from '../data/boundaries.ts';
import { readSettings } from '../data/settings.ts';
import { createReader, type DataReader } from '../data/source.ts';
import type { ServiceModule, ServiceSource } from '../service-module.ts';
import { readCategories } from './categories.ts';
import { categoryOperations } from './category-operations.ts';
import { readClockRules } from './clocks/rules.ts';
import type { RequestDesk } from './desk.ts';
import { followOperations } from './follow-operations.ts';
import { readLifeCycles } from './life-cycles/read.ts';
import { readNotifications } from './notifications/matrix.ts';
import { openOperation } from './open.ts';
import { checkForwards } from './open311/feed/forwards.ts';
import { ownOperations } from './own-operations.ts';
import { referenceOperations } from './reference-operations.ts';
import { readResponsibility } from './responsibility/read.ts';
import { serviceRequestSettings } from './settings.ts';
import { workListOperations } from './work/list-operations.ts';
import { workOperations } from './work/work-operations.ts';

export const serviceRequests: ServiceModule = {
  name: 'service-requests',
  migrations: { prefix: '1-service-requests', path: fileURLToPath(new URL('migrations', import.meta.url)) },
  load: (source) => {
    const reader = createReader(source);
    const desk = readDesk(source, reader);
    if (desk === undefined || reader.problems.length > 0) return { operations: [], problems: reader.problems };
    const operations = [
      ...categoryOperations(desk),
      openOperation(desk),
      ...referenceOperations(desk),
      ...ownOperations(desk),
      ...followOperations(desk),
      ...workOperations(desk),
      ...workListOperations(desk),
    ];
    return { operations, problems: [], requestDesk: desk };
  },
};

function readDesk(source: ServiceSource, reader: DataReader): RequestDesk | undefined {
  const settings = readSettings(serviceRequestSettings, { source, reader, service: 'service-requests' });
  if (settings === undefined) return undefined;
  const lifeCycles = readLifeCycles(reader, settings.lifeCycles);
  const categories = readCategories(reader, settings.categories, lifeCycles);
  const responsibility = readResponsibility(reader, settings);
  const notifications = readNotifications(reader, settings.notifications, { lifeCycles, readText: source.readText });
  if (categories === undefined) return undefined;
  checkForwards(reader, settings, categories);
  const clocks = readClockRules(reader, settings, { categories, lifeCycles, posts: responsibility.posts });
  const { defaultLanguage } = source;
  const boundaries = settings.openData && readBoundaries(reader, settings.openData.areas);
  return { settings, categories, lifeCycles, responsibility, clocks, notifications, boundaries, defaultLanguage };
}
