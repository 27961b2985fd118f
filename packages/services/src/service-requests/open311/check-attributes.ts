/** What a client says in attribute[CODE]: it must be what the service's definition asks for. */
import type { JsonObject } from '@hazir/core';
import type { CategoryAttribute } from '../attributes.ts';
import type { Category } from '../categories.ts';
import { readMoment } from './protocol/moments.ts';
import { badRequest } from './protocol/refusal.ts';

const MOST: Readonly<Partial<Record<CategoryAttribute['datatype'], number>>> = { text: 4_000 };
const MOST_OTHER = 500;

/** By code; several values only of a list that allows it. Refuses what is missing, unknown or of another type. */
export function checkAttributes({ attributes }: Category, given: ReadonlyMap<string, readonly string[]>): JsonObject {
  const asked = new Map(attributes.filter(({ variable }) => variable).map((attribute) => [attribute.code, attribute]));
  const missing = [...asked.values()].filter(({ code, required }) => required && !given.has(code));
  if (missing.length > 0) badRequest(`Required attributes are missing: ${missing.map(({ code }) => code).join(', ')}.`);
  const checked: JsonObject = {};
  for (const [code, values] of given) {
    const attribute = asked.get(code);
    if (attribute === undefined) badRequest(`This service has no attribute ${code}.`);
    else checked[code] = checkValues(attribute, values);
  }
  return checked;
}

function checkValues(attribute: CategoryAttribute, values: readonly string[]): string | string[] {
  const [first = '', ...more] = values;
  if (attribute.datatype === 'multivaluelist') return [...new Set(values)].map((value) => checkValue(attribute, value));
  return more.length === 0 ? checkValue(attribute, first) : badRequest(`attribute[${attribute.code}] takes one value.`);
}

function checkValue({ code, datatype, values }: CategoryAttribute, value: string): string {
  const name = `attribute[${code}]`;
  if (value.length > (MOST[datatype] ?? MOST_OTHER)) badRequest(`${name} is too long.`);
  if (datatype.endsWith('list') && !values.some(({ key }) => key === value))
    badRequest(`${name} must be one of the keys of its list.`);
  if (datatype === 'number' && !/^[+-]?\d{1,15}(\.\d{1,10})?$/.test(value)) badRequest(`${name} must be a number.`);
  if (datatype === 'datetime') readMoment(name, value);
  return datatype === 'string' ? value.replace(/\s+/g, ' ') : value;
}
