/** Mumbai's wards for drawing and for naming a point; the boundaries are a file of this build (see mumbai-wards.md). */
import * as z from 'zod/mini';
import wardsAddress from './mumbai-wards.geojson?url';

export interface Point {
  latitude: number;
  longitude: number;
}

export interface Ward {
  name: string;
  /** Rings of [x, y] on the plane of `project`; the first ring of each polygon is its outside. */
  polygons: [number, number][][][];
  /** Where the name stands. */
  label: [number, number];
}

const position = z.tuple([z.number(), z.number()]);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position))) }),
]);
const collection = z.object({ features: z.array(z.object({ geometry, properties: z.object({ ward: z.string() }) })) });

let loading: Promise<Ward[]> | undefined;

/** Loads the boundaries once; rejects when the file is not there. */
export function loadWards(): Promise<Ward[]> {
  loading ??= fetch(wardsAddress)
    .then((response) => response.json())
    .then((data: unknown) => z.parse(collection, data).features.map(toWard));
  return loading;
}

// At this latitude a degree of longitude is shorter than one of latitude; a plane with that one ratio is exact enough for a city.
const ratio = Math.cos((19.08 * Math.PI) / 180);
const scale = 1000;
const origin = { latitude: 19.28, longitude: 72.77 };

/** Degrees to the map's plane, y downwards. */
export function project({ latitude, longitude }: Point): [number, number] {
  return [(longitude - origin.longitude) * ratio * scale, (origin.latitude - latitude) * scale];
}

export function unproject(x: number, y: number): Point {
  return { latitude: origin.latitude - y / scale, longitude: origin.longitude + x / (ratio * scale) };
}

/** The ward around a point, if any. */
export function wardAt(wards: Ward[], point: Point): Ward | undefined {
  const [x, y] = project(point);
  return wards.find((ward) => ward.polygons.some((rings) => rings.filter((ring) => isInside(ring, x, y)).length % 2 === 1));
}

export function ringsToPath(polygons: [number, number][][][]): string {
  return polygons
    .flatMap((rings) => rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`))
    .join('');
}

function toWard(feature: z.infer<typeof collection>['features'][number]): Ward {
  const { type, coordinates } = feature.geometry;
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates).map((rings) =>
    rings.map((ring) => ring.map(([longitude, latitude]) => project({ latitude, longitude }))),
  );
  return { name: feature.properties.ward, polygons, label: centre(polygons[0]?.[0] ?? []) };
}

function isInside(ring: [number, number][], x: number, y: number): boolean {
  let inside = false;
  ring.forEach(([ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** The centre of an area, from its outline. */
function centre(ring: [number, number][]): [number, number] {
  let area = 0;
  let sumX = 0;
  let sumY = 0;
  ring.forEach(([ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
    const cross = ax * by - bx * ay;
    area += cross;
    sumX += (ax + bx) * cross;
    sumY += (ay + by) * cross;
  });
  return area === 0 ? [0, 0] : [sumX / (3 * area), sumY / (3 * area)];
}
