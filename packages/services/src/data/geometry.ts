/** Distances on the earth. Points are degrees, WGS 84; distances are metres. */

export interface Point {
  latitude: number;
  longitude: number;
}

/** A ring of a polygon as GeoJSON has it: [longitude, latitude], closed. */
export type Ring = readonly (readonly [number, number])[];

/** Mean radius of the earth in metres (IUGG). */
const EARTH = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Great-circle distance in metres (haversine); within 0.6 % of the ellipsoid's. */
export function distance(a: Point, b: Point): number {
  const half = (degrees: number): number => Math.sin((degrees * RADIANS) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * half(b.longitude - a.longitude);
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Distance in metres from a point to the nearest edge of a ring; flat, so good for a few kilometres. */
export function distanceToRing(point: Point, ring: Ring): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < ring.length; index += 1) {
    const start = ring[index - 1];
    const end = ring[index];
    if (start !== undefined && end !== undefined)
      nearest = Math.min(nearest, distanceToEdge(flat(point, start), flat(point, end)));
  }
  return nearest;
}

/** How many degrees of latitude and of longitude a distance spans at a point. */
export function degreesOf(metres: number, at: Point): { latitude: number; longitude: number } {
  const latitude = metres / (EARTH * RADIANS);
  return { latitude, longitude: latitude / Math.max(0.01, Math.cos(at.latitude * RADIANS)) };
}

/** The point in the middle by each coordinate: one that is plotted wrongly does not move it. Undefined for none. */
export function medianPoint(points: readonly Point[]): Point | undefined {
  const latitude = median(points.map((point) => point.latitude));
  const longitude = median(points.map((point) => point.longitude));
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** Metres east and north of the origin. */
function flat(origin: Point, [longitude, latitude]: readonly [number, number]): [number, number] {
  return [
    (longitude - origin.longitude) * RADIANS * EARTH * Math.cos(origin.latitude * RADIANS),
    (latitude - origin.latitude) * RADIANS * EARTH,
  ];
}

/** From the origin to the segment between two points. */
function distanceToEdge([ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
  return Math.hypot(ax + along * dx, ay + along * dy);
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
