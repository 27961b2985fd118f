/**
 * Which area a point lies in. An R-tree of bounding boxes (flatbush) finds the few areas that may hold the point; a test
 * against their boundaries decides. Boundaries are simplified and coasts move, so a point outside of all of them belongs
 * to the nearest one within `snapMetres`.
 */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import Flatbush from 'flatbush';
import { z } from 'zod';
import { degreesOf, distanceToRing, type Point, type Ring } from '../data/geometry.ts';
import { checkShape, type DataReader } from '../data/source.ts';

export interface Areas {
  codes: readonly string[];
  /** Code of the area; undefined for a point that is in none and near none. */
  at: (point: Point) => string | undefined;
  /** True when the area's boundary holds the point; no snapping. */
  holds: (code: string, point: Point) => boolean;
}

interface Area {
  code: string;
  polygons: [number, number][][][];
  box: [number, number, number, number];
}

const position = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .rest(z.number())
  .transform(([x, y]): [number, number] => [x, y]);
const polygon = z.array(z.array(position).min(4)).min(1);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: polygon }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) }),
]);
const collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ properties: z.record(z.string(), z.unknown()), geometry })).min(1),
});

/** Reads boundaries from a GeoJSON file; undefined after reporting what is wrong with it. */
export function readAreas(
  reader: DataReader,
  { file, key, snapMetres }: { file: string; key: string; snapMetres: number },
): Areas | undefined {
  const text = reader.read(file);
  if (text === undefined) return undefined;
  const hint = 'Export the boundaries as GeoJSON in WGS 84, one feature per area.';
  const parsed = checkShape(collection, parseJson(text), { reader, file, lineOf: () => 1, hint });
  if (parsed === undefined) return undefined;
  const areas: Area[] = [];
  for (const [index, feature] of parsed.features.entries()) {
    const code = feature.properties[key];
    if (typeof code !== 'string' && typeof code !== 'number') {
      reader.report('data:shape', `Feature ${index + 1} has no property "${key}"`, {
        file,
        hint: 'Name the property that holds the code in pack.yaml, services.directory.areas.key.',
      });
      continue;
    }
    const polygons = feature.geometry.type === 'Polygon' ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    areas.push({ code: String(code), polygons, box: boxOf(polygons) });
  }
  return areas.length === 0 ? undefined : indexAreas(areas, snapMetres);
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
