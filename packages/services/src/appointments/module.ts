/** Appointments: sessions with seats, never sold twice, from the search to the check-in. */
import { fileURLToPath } from 'node:url';
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { bookOperations } from './book.ts';
import { checkInOperation } from './check-in.ts';
import { readDesks } from './desks.ts';
import { dosesOperation } from './doses.ts';
import { ownOperations } from './own-operations.ts';
import { readSchedule } from './schedule.ts';
import { searchOperations } from './search.ts';
import { appointmentSettings } from './settings.ts';
import { waitOperations } from './wait-operations.ts';

export const appointments: ServiceModule = {
  name: 'appointments',
  migrations: { prefix: '2-appointments', path: fileURLToPath(new URL('migrations', import.meta.url)) },
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(appointmentSettings, { source, reader, service: 'appointments' });
    if (settings === undefined) return { operations: [], problems: reader.problems };
    const schedule = readSchedule(reader, settings);
    const desks = readDesks(reader, settings.desks);
    if (reader.problems.length > 0) return { operations: [], problems: reader.problems };
    const desk = { settings, defaultLanguage: source.defaultLanguage };
    return {
      operations: [
        ...searchOperations(desk),
        ...bookOperations(desk),
        ...ownOperations(desk),
        ...waitOperations(desk),
        dosesOperation(desk),
        checkInOperation(desk, desks),
      ],
      problems: [],
      ...(schedule && { schedule }),
    };
  },
};
