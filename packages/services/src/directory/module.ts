/** Who is responsible where: areas, offices, officials and places of a pack, held in memory. */
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { readAreaPoints } from './area-points.ts';
import { readAreas } from './areas.ts';
import { indexNames } from './names.ts';
import { readOffices } from './offices.ts';
import { directoryOperations } from './operations.ts';
import { readPlaces } from './places.ts';
import { readPostOffices } from './post-offices.ts';
import { directorySettings } from './settings.ts';

export const directory: ServiceModule = {
  name: 'directory',
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(directorySettings, { source, reader, service: 'directory' });
    if (settings === undefined) return { operations: [], problems: reader.problems };
    const { snapMetres } = settings;
    const areas =
      'points' in settings.areas ? readAreaPoints(reader, settings.areas) : readAreas(reader, { ...settings.areas, snapMetres });
    const places = readPlaces(reader, settings.places);
    if (areas === undefined) return { operations: [], problems: reader.problems };
    const offices = readOffices(reader, settings, areas);
    const postOffices = readPostOffices(reader, settings.postOffices, areas);
    const kinds = settings.places.map(({ kind }) => kind);
    if (reader.problems.length > 0) return { operations: [], problems: reader.problems };
    const named = indexNames({ areas, offices, postOffices: postOffices.named, places });
    const { defaultLanguage } = source;
    const { timeZone, holidays } = settings;
    return {
      operations: directoryOperations({
        areas,
        offices,
        postOffices,
        places,
        named,
        kinds,
        calendar: { timeZone, holidays },
        defaultLanguage,
      }),
      problems: [],
      names: (words) => {
        const found = named(words);
        if (found === undefined) return undefined;
        return { sure: found.sure, spelt: found.spelt, ...(found.said !== undefined && { said: found.said }) };
      },
    };
  },
};
