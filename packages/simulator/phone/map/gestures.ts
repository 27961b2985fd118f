/** One finger moves, two fingers zoom. */
export interface Gesture {
  pointers: Map<number, { x: number; y: number }>;
}

export type GestureChange = { type: 'none' } | { type: 'move'; x: number; y: number } | { type: 'zoom'; factor: number };

/** Tells what the pointer's new position means; `factor` below 1 zooms in. Remembers the position. */
export function dragTo(gesture: Gesture, pointerId: number, to: { x: number; y: number }): GestureChange {
  const from = gesture.pointers.get(pointerId);
  if (!from) return { type: 'none' };
  const other = [...gesture.pointers].find(([id]) => id !== pointerId)?.[1];
  gesture.pointers.set(pointerId, to);
  if (!other) return { type: 'move', x: to.x - from.x, y: to.y - from.y };
  const before = Math.hypot(from.x - other.x, from.y - other.y);
  const after = Math.hypot(to.x - other.x, to.y - other.y);
  return before > 0 && after > 0 ? { type: 'zoom', factor: before / after } : { type: 'none' };
}

export function release(gesture: Gesture, pointerId: number): void {
  gesture.pointers.delete(pointerId);
}
