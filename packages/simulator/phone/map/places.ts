import type { Texts } from '../texts/index.ts';
import type { Point } from './wards.ts';

/** Places where a simulated citizen can be, one tap away; names are in the texts. From the public map, rounded. */
export const places: (Point & { id: keyof Texts['map']['places'] })[] = [
  { id: 'dadar', latitude: 19.0212, longitude: 72.8409 },
  { id: 'andheri', latitude: 19.1197, longitude: 72.8464 },
  { id: 'bhandup', latitude: 19.1437, longitude: 72.9378 },
  { id: 'colaba', latitude: 18.9151, longitude: 72.8259 },
  { id: 'borivali', latitude: 19.2307, longitude: 72.8567 },
  { id: 'bandra', latitude: 19.0544, longitude: 72.8402 },
  { id: 'kurla', latitude: 19.0726, longitude: 72.8845 },
  { id: 'chembur', latitude: 19.0522, longitude: 72.9005 },
];

/** Reads "19.0186, 72.8442"; undefined unless it is a point on Earth. */
export function parsePoint(text: string): Point | undefined {
  const parts = text.trim().split(/[\s,]+/u);
  const [latitude, longitude] = parts.map(Number);
  if (parts.length !== 2 || parts.includes('') || latitude === undefined || longitude === undefined) return undefined;
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onEarth ? { latitude, longitude } : undefined;
}

export function pointText({ latitude, longitude }: Point): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}
