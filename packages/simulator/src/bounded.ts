/** Collections that forget their oldest, so that a simulator that runs for weeks does not grow without end. */

export interface Log<T extends { seq: number }> {
  /** Appends; the oldest go when there are too many or they weigh too much. */
  add: (entry: (seq: number) => T, bytes: number) => void;
  /** Entries with a higher number than `after`, oldest first. */
  after: (seq: number) => T[];
  clear: () => void;
}

export function createLog<T extends { seq: number }>(most: { entries: number; bytes: number }): Log<T> {
  let kept: { entry: T; bytes: number }[] = [];
  let start = 0;
  let weight = 0;
  let seq = 0;
  return {
    add: (entry, bytes) => {
      seq += 1;
      kept.push({ entry: entry(seq), bytes });
      weight += bytes;
      while (kept.length - start > 1 && (kept.length - start > most.entries || weight > most.bytes)) {
        weight -= kept[start]?.bytes ?? 0;
        start += 1;
      }
      // The array is cut now and then, not at every entry: shifting a thousand entries each time would cost more.
      if (start > most.entries) {
        kept = kept.slice(start);
        start = 0;
      }
    },
    after: (after) => kept.slice(Math.max(start, start + after - (kept[start]?.entry.seq ?? 1) + 1)).map((one) => one.entry),
    clear: () => {
      kept = [];
      start = 0;
      weight = 0;
    },
  };
}

/** Adds to a map that keeps the order of insertion, and removes its oldest entries above `most`. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.set(key, value);
  while (map.size > most) {
    const oldest = map.keys().next();
    if (oldest.done === true) return;
    map.delete(oldest.value);
  }
}

/** Appends to a list and cuts its oldest tenth when it is over-full. */
export function append<T>(list: T[], value: T, most: number): void {
  list.push(value);
  if (list.length > most) list.splice(0, Math.ceil(most / 10));
}
