/**
 * The border between JSON and CEL. CEL tells integers (BigInt) from doubles, JSON does not, so integers are made from
 * the declared type on the way in and numbers on the way out. A record of known fields becomes an instance of a class
 * of its own, which is how the engine checks field names; it remembers the JSON that it was made of.
 */
import type { Json } from '@hazir/core';
import type { ValueType } from './value-type.ts';

/** A value as the CEL engine takes it. */
export type CelValue = unknown;

type RecordClass = new (json: Json, values: { [name: string]: CelValue }) => CelRecord;

/** A named record type of one environment. */
export interface RecordType {
  name: string;
  ctor: RecordClass;
}

/** The record types of one environment, by the JSON of their fields. */
export type RecordTypes = Map<string, RecordType>;

class CelRecord {
  readonly #json: Json;

  constructor(json: Json, values: { [name: string]: CelValue }) {
    this.#json = json;
    Object.assign(this, values);
  }

  static jsonOf(record: CelRecord): Json {
    return record.#json;
  }
}

/** Makes a new record class; each has to be its own, because the engine finds a type by the constructor. */
export function newRecordType(name: string): RecordType {
  return { name, ctor: class extends CelRecord {} };
}

/** Undefined for null: an expression then finds the name unset. */
export function toCel(value: Json | undefined, type: ValueType, records: RecordTypes): CelValue {
  if (value === null || value === undefined) return undefined;
  if (type === 'any') return anyToCel(value);
  if (type === 'int') return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (type === 'time') return typeof value === 'string' || typeof value === 'number' ? new Date(value) : value;
  if (typeof type === 'string') return value;
  if ('list' in type) return Array.isArray(value) ? value.map((item) => toCel(item, type.list, records) ?? null) : value;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  if ('map' in type) return new Map(Object.entries(value).map(([key, item]) => [key, toCel(item, type.map, records) ?? null]));
  return recordToCel(value, type, records);
}

/** Back to JSON: integers and durations (milliseconds) as numbers, points in time in ISO 8601. */
export function fromCel(value: CelValue): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof CelRecord) return CelRecord.jsonOf(value);
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? value.toISOString() : null;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), fromCel(item)]));
  if (Array.isArray(value) || value instanceof Set) return [...value].map(fromCel);
  if (typeof value !== 'object') return null;
  const duration = durationOf(value);
  if (duration !== undefined) return duration;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromCel(item)]));
}

/** Types are few and live as long as their pack. */
const keys = new WeakMap<object, string>();

function keyOf(type: object): string {
  const known = keys.get(type) ?? JSON.stringify(type);
  keys.set(type, known);
  return known;
}

function recordToCel(
  value: { [key: string]: Json },
  type: { fields: { [name: string]: ValueType } },
  records: RecordTypes,
): CelValue {
  const known = records.get(keyOf(type));
  if (known === undefined) return anyToCel(value);
  const values: { [name: string]: CelValue } = {};
  for (const [name, field] of Object.entries(type.fields)) {
    if (Object.hasOwn(value, name)) values[name] = toCel(value[name], field, records);
  }
  return new known.ctor(value, values);
}

function anyToCel(value: Json): CelValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(anyToCel);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, anyToCel(item)]));
}

function durationOf(value: object): number | undefined {
  if (!('seconds' in value) || !('nanos' in value)) return undefined;
  return Number(value.seconds) * 1000 + Number(value.nanos) / 1_000_000;
}
