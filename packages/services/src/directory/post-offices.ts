/**
 * Where a PIN code is. PIN codes have no boundaries of their own, only post offices; a PIN may therefore lie in several
 * areas, and the one with most of its post offices is the likeliest.
 */
import { asciiDigits } from '@hazir/language';
import { z } from 'zod';
import { degrees } from '../data/degrees.ts';
import { medianPoint, type Point } from '../data/geometry.ts';
import type { DataReader } from '../data/source.ts';
import { readTable } from '../data/table.ts';
import type { Areas } from './areas.ts';

export interface PostOffices {
  /** Codes of the areas that a PIN code's post offices lie in, most post offices first; empty for a PIN from elsewhere. */
  areasOf: (pin: string) => string[];
  /** The middle of a PIN code's post offices. */
  middleOf: (pin: string) => Point | undefined;
  /** Those that have a name. */
  named: readonly NamedPostOffice[];
}

export interface NamedPostOffice {
  name: string;
  /** Name of its district; may be empty. */
  district: string;
  point: Point;
}

const columns = z.object({
  pincode: z.string().regex(/^[1-9]\d{5}$/, { error: 'must have six digits' }),
  latitude: degrees(90),
  longitude: degrees(180),
  office: z.string().max(200).default(''),
  district: z.string().max(200).default(''),
  /** Where the pack knows it better than the position does. */
  area: z.string().max(100).default(''),
});
/** "Dadar H.O", "Mandvi S.O (Mumbai)": head, sub, branch or another post office. */
const kindOfOffice = /(?:^|\s)[hsbp]\.?\s?o\.?(?=\s|$)/gi;
const inBrackets = /\([^()]{0,60}\)/g;

/** Reads the post offices and finds the area of each once. */
export function readPostOffices(reader: DataReader, file: string, areas: Areas): PostOffices {
  const points = new Map<string, Point[]>();
  const areasByPin = new Map<string, string[]>();
  const named: NamedPostOffice[] = [];
  for (const { values } of readTable(reader, { file, columns, texts: {} })) {
    const { pincode, latitude, longitude, office, district, area } = values;
    const name = plainName(office, district);
    if (name !== '') named.push({ name, district, point: { latitude, longitude } });
    points.set(pincode, [...(points.get(pincode) ?? []), { latitude, longitude }]);
    const code = areas.codes.includes(area) ? area : areas.at({ latitude, longitude });
    if (code !== undefined) areasByPin.set(pincode, [...(areasByPin.get(pincode) ?? []), code]);
  }
  const codes = new Map([...areasByPin].map(([pin, found]) => [pin, byCount(found)]));
  return {
    areasOf: (pin) => codes.get(plainPin(pin)) ?? [],
    middleOf: (pin) => medianPoint(points.get(plainPin(pin)) ?? []),
    named,
  };
}

/** The locality alone; what stands in brackets stays when it is no repetition of the district ("Bandra(East)"). */
function plainName(office: string, district: string): string {
  const isDistrict = (text: string): boolean => text.slice(1, -1).trim().toLowerCase() === district.toLowerCase();
  const shown = office.replace(inBrackets, (text) => (isDistrict(text) ? ' ' : ` ${text.slice(1, -1)} `));
  return shown.replace(kindOfOffice, ' ').trim();
}

/** A PIN code as typed ("४०० ०२८") in six ASCII digits. */
function plainPin(pin: string): string {
  return asciiDigits(pin).replace(/\D/g, '');
}

function byCount(codes: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([codeA, a], [codeB, b]) => b - a || (codeA < codeB ? -1 : 1)).map(([code]) => code);
}
