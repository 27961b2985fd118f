/** Boundaries of areas, as a pack gives them in GeoJSON. */
import { z } from 'zod';
import { checkShape, type DataReader } from './source.ts';

export interface Boundary {
  code: string;
  /** As the coordinates of a MultiPolygon: [longitude, latitude]. */
  polygons: [number, number][][][];
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

/** Reads boundaries; undefined after reporting what is wrong with the file. */
export function readBoundaries(reader: DataReader, { file, key }: { file: string; key: string }): Boundary[] | undefined {
  const text = reader.read(file);
  if (text === undefined) return undefined;
  const hint = 'Export the boundaries as GeoJSON in WGS 84, one feature per area.';
  const parsed = checkShape(collection, parseJson(text), { reader, file, lineOf: () => 1, hint });
  if (parsed === undefined) return undefined;
  const boundaries: Boundary[] = [];
  for (const [index, feature] of parsed.features.entries()) {
    const code = feature.properties[key];
    if (typeof code !== 'string' && typeof code !== 'number') {
      reader.report('data:shape', `Feature ${index + 1} has no property "${key}"`, {
        file,
        hint: 'Name the property that holds the code in pack.yaml, with "key" beside the file.',
      });
      continue;
    }
    const polygons = feature.geometry.type === 'Polygon' ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    boundaries.push({ code: String(code), polygons });
  }
  return boundaries;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
