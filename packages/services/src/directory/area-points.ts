/**
 * Areas of which no boundary is published, known by points that lie in them: PIN codes with their district. A place belongs
 * to the area of the points around it: of the nearest three, so that one that is plotted wrong decides nothing on its own.
 */
import Flatbush from 'flatbush';
import { z } from 'zod';
import { degrees } from '../data/degrees.ts';
import { degreesOf, distance, type Point } from '../data/geometry.ts';
import type { DataReader } from '../data/source.ts';
import { readTable } from '../data/table.ts';
import type { Areas } from './areas.ts';

interface AreaPoint extends Point {
  code: string;
}

const columns = z.object({ area: z.string().min(1).max(100), latitude: degrees(90), longitude: degrees(180) });
const VOTES = 3;

/** Reads points with their area from a CSV file; undefined where none could be read. A place further than `reachMetres` from all is outside. */
export function readAreaPoints(
  reader: DataReader,
  { points: file, reachMetres }: { points: string; reachMetres: number },
): Areas | undefined {
  const points = readTable(reader, { file, columns, texts: {} }).map(
    ({ values: { area, latitude, longitude } }): AreaPoint => ({ code: area, latitude, longitude }),
  );
  if (points.length > 0) return indexPoints(points, reachMetres);
  reader.report('data:shape', `${file} places no area`, {
    file,
    hint: 'Add a row with area, latitude and longitude for each point.',
  });
  return undefined;
}

function indexPoints(points: readonly AreaPoint[], reachMetres: number): Areas {
  const index = new Flatbush(points.length);
  for (const { latitude, longitude } of points) index.add(longitude, latitude);
  index.finish();
  const around = (place: Point): string[] => {
    const reach = degreesOf(reachMetres, place);
    const box = [
      place.longitude - reach.longitude,
      place.latitude - reach.latitude,
      place.longitude + reach.longitude,
      place.latitude + reach.latitude,
    ] as const;
    return index
      .search(...box)
      .flatMap((at) => points[at] ?? [])
      .map((point) => ({ code: point.code, metres: distance(place, point) }))
      .filter(({ metres }) => metres <= reachMetres)
      .sort((a, b) => a.metres - b.metres)
      .slice(0, VOTES)
      .map(({ code }) => code);
  };
  const at = (place: Point): string | undefined => mostOf(around(place));
  return {
    codes: [...new Set(points.map(({ code }) => code))],
    at,
    holds: (code, place) => at(place) === code,
  };
}

/** The code that comes up most; of equals the first, which is the nearest. */
function mostOf(codes: readonly string[]): string | undefined {
  const votes = (code: string): number => codes.filter((each) => each === code).length;
  return codes.toSorted((a, b) => votes(b) - votes(a))[0];
}
