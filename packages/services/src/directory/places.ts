/** Places that citizens and visitors ask for: sights, walks, emergency numbers, hospitals. */
import { z } from 'zod';
import { optionalDegrees } from '../data/degrees.ts';
import { distance, type Point } from '../data/geometry.ts';
import type { Localized } from '../data/localized.ts';
import type { DataReader } from '../data/source.ts';
import { readTable, reportRepeats } from '../data/table.ts';

export interface Place {
  id: string;
  kind: string;
  name: Localized;
  text: Localized;
  hours: Localized;
  address: Localized;
  /** Empty where there is none. */
  phone: string;
  /** Absent for what is everywhere, such as an emergency number. */
  point: Point | undefined;
}

const columns = z
  .object({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be of lower-case letters, digits and dashes' }),
    phone: z
      .string()
      .regex(/^[0-9+ -]*$/, { error: 'must be a phone number or empty' })
      .default(''),
    latitude: optionalDegrees(90),
    longitude: optionalDegrees(180),
  })
  .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
    error: 'latitude and longitude go together',
    path: ['latitude'],
  });

/** Reads the places of every kind, in the order of the files. */
export function readPlaces(reader: DataReader, files: readonly { kind: string; file: string }[]): Place[] {
  const texts = { name: 'required', text: 'optional', hours: 'optional', address: 'optional' } as const;
  return files.flatMap(({ kind, file }) => {
    const rows = readTable(reader, { file, columns, texts });
    reportRepeats(
      reader,
      file,
      rows.map(({ line, values }) => ({ line, key: values.id })),
    );
    return rows.map(({ values: { id, phone, latitude, longitude }, text }) => ({
      id,
      kind,
      phone,
      name: text('name'),
      text: text('text'),
      hours: text('hours'),
      address: text('address'),
      point: latitude === undefined || longitude === undefined ? undefined : { latitude, longitude },
    }));
  });
}

/** The nearest places that have a position, with the distance in whole metres. */
export function nearestPlaces(places: readonly Place[], from: Point, limit: number): { place: Place; metres: number }[] {
  return places
    .flatMap((place) => (place.point === undefined ? [] : [{ place, metres: Math.round(distance(from, place.point)) }]))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, limit);
}
