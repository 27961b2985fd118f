/** Any JSON value: what survives storage and the wire. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

/** Narrows to a plain JSON object, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a property of something unknown; undefined when it is no object or has no such own property. */
export function property(value: unknown, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Reads a property that must be a non-empty string; anything else is undefined. */
export function textProperty(value: unknown, key: string): string | undefined {
  const found = property(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Reads a property that must be a finite number, or a string of one; anything else is undefined. */
export function numberProperty(value: unknown, key: string): number | undefined {
  const found = property(value, key);
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Reads a property that must be an array; anything else is an empty one. */
export function listProperty(value: unknown, key: string): Json[] {
  const found = property(value, key);
  return Array.isArray(found) ? found : [];
}
