/**
 * What a flow knows of a value before it runs. Types come from node kinds and from the JSON Schemas of operations, and
 * expressions are checked against them when the pack is loaded.
 */
import { isJsonObject, type Json, type JsonSchema, listProperty, property, textProperty } from '@hazir/core';

export type ValueType =
  | 'string'
  | 'int'
  | 'double'
  | 'bool'
  | 'time'
  | 'null'
  | 'any'
  | { list: ValueType }
  | { map: ValueType }
  | { fields: { [name: string]: ValueType } };

const MOST_SCHEMA_DEPTH = 12;
/** Own properties of these names would shadow what the expression engine reads of an object. */
const unsafeFields = new Set(['constructor', '__proto__', 'prototype']);

/** Reads the subset of JSON Schema that Zod emits; what it cannot express is `any`. */
export function typeOfSchema(schema: JsonSchema): ValueType {
  return readSchema(schema, schema, 0);
}

/** The type of a JSON value, for constants of a pack. */
export function typeOfJson(value: Json): ValueType {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (Array.isArray(value)) return { list: value.map(typeOfJson).reduce<ValueType>((a, b) => unify(a, b) ?? 'any', 'null') };
  return { fields: fieldsOf(Object.entries(value).map(([name, item]) => [name, typeOfJson(item)])) };
}

/** The one type that both are; undefined when they disagree. `null` gives way to any other. */
export function unify(a: ValueType, b: ValueType): ValueType | undefined {
  if (sameType(a, b) || b === 'null') return a;
  if (a === 'null') return b;
  if (a === 'any' || b === 'any') return 'any';
  if (isNumeric(a) && isNumeric(b)) return 'double';
  if (typeof a === 'string' || typeof b === 'string') return undefined;
  if ('list' in a && 'list' in b) return wrap(unify(a.list, b.list), (list) => ({ list }));
  if ('fields' in a && 'fields' in b) return mergeFields(a.fields, b.fields);
  return undefined;
}

/** True when the two types are written alike. */
export function sameType(a: ValueType, b: ValueType): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** How a type is named to an author. */
export function describeType(type: ValueType): string {
  if (type === 'time') return 'point in time';
  if (type === 'any') return 'value of unknown type';
  if (typeof type === 'string') return type;
  if ('list' in type) return `list of ${describeType(type.list)}`;
  if ('map' in type) return 'map';
  return `record (${Object.keys(type.fields).join(', ')})`;
}

/** True for int and double. */
export function isNumeric(type: ValueType): boolean {
  return type === 'int' || type === 'double';
}

function mergeFields(a: { [name: string]: ValueType }, b: { [name: string]: ValueType }): ValueType {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return { fields: fieldsOf(names.map((name) => [name, unify(a[name] ?? 'null', b[name] ?? 'null') ?? 'any'])) };
}

function wrap(inner: ValueType | undefined, outer: (inner: ValueType) => ValueType): ValueType | undefined {
  return inner === undefined ? undefined : outer(inner);
}

function fieldsOf(entries: [string, ValueType][]): { [name: string]: ValueType } {
  return Object.fromEntries(entries.filter(([name]) => !unsafeFields.has(name)));
}

function readSchema(schema: unknown, root: JsonSchema, depth: number): ValueType {
  if (!isJsonObject(schema) || depth > MOST_SCHEMA_DEPTH) return 'any';
  const reference = textProperty(schema, '$ref');
  if (reference !== undefined) return readSchema(resolve(reference, root), root, depth + 1);
  const alternatives = [...listProperty(schema, 'anyOf'), ...listProperty(schema, 'oneOf')];
  if (alternatives.length > 0) return readAlternatives(alternatives, root, depth);
  if (Object.hasOwn(schema, 'const')) return typeOfJson(schema.const ?? null);
  const listed = listProperty(schema, 'enum');
  if (listed.length > 0) return listed.map(typeOfJson).reduce<ValueType>((a, b) => unify(a, b) ?? 'any', 'null');
  return readTyped(schema, root, depth);
}

function readAlternatives(alternatives: Json[], root: JsonSchema, depth: number): ValueType {
  const types = alternatives.map((each) => readSchema(each, root, depth + 1));
  return types.reduce<ValueType>((a, b) => unify(a, b) ?? 'any', 'null');
}

function readTyped(schema: JsonSchema, root: JsonSchema, depth: number): ValueType {
  const kinds = Array.isArray(schema.type) ? schema.type : [schema.type];
  const types = kinds.map((kind) => readKind(kind, schema, root, depth));
  return types.reduce<ValueType>((a, b) => unify(a, b) ?? 'any', 'null');
}

function readKind(kind: unknown, schema: JsonSchema, root: JsonSchema, depth: number): ValueType {
  if (kind === 'string') return 'string';
  if (kind === 'integer') return 'int';
  if (kind === 'number') return 'double';
  if (kind === 'boolean') return 'bool';
  if (kind === 'null') return 'null';
  if (kind === 'array') return { list: readSchema(schema.items, root, depth + 1) };
  if (kind === 'object') return readObject(schema, root, depth);
  return 'any';
}

function readObject(schema: JsonSchema, root: JsonSchema, depth: number): ValueType {
  const properties = property(schema, 'properties');
  if (isJsonObject(properties) && Object.keys(properties).length > 0) {
    return { fields: fieldsOf(Object.entries(properties).map(([name, each]) => [name, readSchema(each, root, depth + 1)])) };
  }
  const rest = property(schema, 'additionalProperties');
  return { map: isJsonObject(rest) ? readSchema(rest, root, depth + 1) : 'any' };
}

function resolve(reference: string, root: JsonSchema): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  let found: Json | undefined = root;
  for (const part of reference.split('/').slice(1)) found = property(found, part);
  return found;
}
