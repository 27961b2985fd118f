/**
 * Where a PIN code is. PIN codes have no boundaries of their own, only post offices; a PIN may therefore lie in several
 * areas, and the one with most of its post offices is the likeliest.
 */
import { asciiDigits } from '@hazir/language';
import { z } from 'zod';
import { degrees } from '../data/degrees.ts';
import type { DataReader } from '../data/source.ts';
import { readTable } from '../data/table.ts';
import type { Areas } from './areas.ts';
import { medianPoint, type Point } from './geometry.ts';

export interface PostOffices {
  /** Codes of the areas that a PIN code's post offices lie in, most post offices first; empty for a PIN from elsewhere. */
  areasOf: (pin: string) => string[];
  /** The middle of a PIN code's post offices. */
  middleOf: (pin: string) => Point | undefined;
}

const columns = z.object({
  pincode: z.string().regex(/^[1-9]\d{5}$/, { error: 'must have six digits' }),
  latitude: degrees(90),
  longitude: degrees(180),
});

/** Reads the post offices and finds the area of each once. */
export function readPostOffices(reader: DataReader, file: string, areas: Areas): PostOffices {
  const points = new Map<string, Point[]>();
  for (const { values } of readTable(reader, { file, columns, texts: {} })) {
    const { pincode, latitude, longitude } = values;
    points.set(pincode, [...(points.get(pincode) ?? []), { latitude, longitude }]);
  }
  const codes = new Map([...points].map(([pin, places]) => [pin, countAreas(places, areas)]));
  return {
    areasOf: (pin) => codes.get(plainPin(pin)) ?? [],
    middleOf: (pin) => medianPoint(points.get(plainPin(pin)) ?? []),
  };
}

/** A PIN code as typed ("४०० ०२८") in six ASCII digits. */
function plainPin(pin: string): string {
  return asciiDigits(pin).replace(/\D/g, '');
}

function countAreas(points: readonly Point[], areas: Areas): string[] {
  const counts = new Map<string, number>();
  for (const point of points) {
    const code = areas.at(point);
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([codeA, a], [codeB, b]) => b - a || (codeA < codeB ? -1 : 1)).map(([code]) => code);
}
