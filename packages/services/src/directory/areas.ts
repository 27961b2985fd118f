/**
 * Which area a point lies in. An R-tree of bounding boxes (flatbush) finds the few areas that may hold the point; a test
 * against their boundaries decides. Boundaries are simplified and coasts move, so a point outside of all of them belongs
 * to the nearest one within `snapMetres`.
 */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import Flatbush from 'flatbush';
import { type Boundary, readBoundaries } from '../data/boundaries.ts';
import { degreesOf, distanceToRing, type Point, type Ring } from '../data/geometry.ts';
import type { DataReader } from '../data/source.ts';

export interface Areas {
  codes: readonly string[];
  /** Code of the area; undefined for a point that is in none and near none. */
  at: (point: Point) => string | undefined;
  /** True when the area's boundary holds the point; no snapping. */
  holds: (code: string, point: Point) => boolean;
}

interface Area extends Boundary {
  box: [number, number, number, number];
}

/** Reads boundaries from a GeoJSON file; undefined after reporting what is wrong with it. */
export function readAreas(
  reader: DataReader,
  { file, key, snapMetres }: { file: string; key: string; snapMetres: number },
): Areas | undefined {
  const boundaries = readBoundaries(reader, { file, key });
  if (boundaries === undefined || boundaries.length === 0) return undefined;
  return indexAreas(
    boundaries.map((boundary) => ({ ...boundary, box: boxOf(boundary.polygons) })),
    snapMetres,
  );
}

function indexAreas(areas: readonly Area[], snapMetres: number): Areas {
  const index = new Flatbush(areas.length);
  for (const { box } of areas) index.add(...box);
  index.finish();
  const near = (point: Point, metres: number): Area[] => {
    const { latitude, longitude } = degreesOf(metres, point);
    const found = index.search(
      point.longitude - longitude,
      point.latitude - latitude,
      point.longitude + longitude,
      point.latitude + latitude,
    );
    return found.sort((a, b) => a - b).flatMap((place) => areas[place] ?? []);
  };
  return {
    codes: areas.map(({ code }) => code),
    holds: (code, point) => areas.some((area) => area.code === code && contains(area, point)),
    at: (point) =>
      near(point, 0).find((area) => contains(area, point))?.code ?? nearest(near(point, snapMetres), point, snapMetres),
  };
}

function contains({ polygons }: Area, { latitude, longitude }: Point): boolean {
  return booleanPointInPolygon([longitude, latitude], { type: 'MultiPolygon', coordinates: polygons });
}

function nearest(candidates: readonly Area[], point: Point, most: number): string | undefined {
  let best: { code: string; metres: number } | undefined;
  for (const { code, polygons } of candidates) {
    const metres = Math.min(...polygons.flat().map((ring: Ring) => distanceToRing(point, ring)));
    if (metres <= most && (best === undefined || metres < best.metres)) best = { code, metres };
  }
  return best?.code;
}

function boxOf(polygons: readonly [number, number][][][]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygons.flat(2)) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}
