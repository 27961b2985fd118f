/** Areas as shapes of one drawing. A city is small enough to be drawn flat: a degree of longitude is as much shorter as the latitude says. */
import type { Boundaries } from '../../api/client.ts';

export interface Drawing {
  viewBox: string;
  /** Height of a letter, in the drawing's own units. */
  letter: number;
  areas: { code: string; path: string; x: number; y: number }[];
}

const WIDE = 1_000;

export function drawingOf(areas: Boundaries['areas']): Drawing {
  const rings = areas.flatMap(({ polygons }) => polygons.flat());
  const all = rings.flat();
  if (all.length === 0) return { viewBox: '0 0 1 1', letter: 1, areas: [] };
  const span = (place: 0 | 1): { least: number; most: number } => {
    const values = all.map((point) => point[place] ?? 0);
    const extreme = (pick: (a: number, b: number) => number) => values.reduce((one, other) => pick(one, other), values[0] ?? 0);
    return { least: extreme(Math.min), most: extreme(Math.max) };
  };
  const { least: west, most: east } = span(0);
  const { least: south, most: north } = span(1);
  const shrink = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = WIDE / Math.max((east - west) * shrink, north - south, Number.EPSILON);
  const at = ([longitude = 0, latitude = 0]: readonly number[]): [number, number] => [
    Math.round((longitude - west) * shrink * scale),
    Math.round((north - latitude) * scale),
  ];
  return {
    viewBox: `0 0 ${Math.ceil((east - west) * shrink * scale)} ${Math.ceil((north - south) * scale)}`,
    letter: WIDE / 42,
    areas: areas.map(({ code, polygons }) => {
      const path = polygons
        .flat()
        .map((ring) => `M${ring.map((point) => at(point).join(' ')).join('L')}Z`)
        .join('');
      const [x, y] = middleOf(polygons.map(([outer = []]) => outer.map(at)));
      return { code, path, x, y };
    }),
  };
}

/** Of the largest part's box: where its name stands. */
function middleOf(parts: readonly (readonly [number, number])[][]): [number, number] {
  const boxes = parts.map((part) => {
    const [xs, ys] = [part.map(([x]) => x), part.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return { x: (left + right) / 2, y: (top + bottom) / 2, size: (right - left) * (bottom - top) };
  });
  const largest = boxes.reduce((one, other) => (other.size > one.size ? other : one), { x: 0, y: 0, size: -1 });
  return [Math.round(largest.x), Math.round(largest.y)];
}
