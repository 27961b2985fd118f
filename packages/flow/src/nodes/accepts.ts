import { isNumeric, type ValueType } from '../expressions/value-type.ts';

/** True when a value of the actual type can stand where the expected one is needed. */
export function accepts(expected: ValueType, actual: ValueType): boolean {
  if (expected === 'any' || actual === 'any' || actual === 'null') return true;
  if (expected === actual || (expected === 'double' && isNumeric(actual))) return true;
  if (expected === 'string' && actual === 'time') return true;
  if (typeof expected === 'string' || typeof actual === 'string') return false;
  if ('list' in expected) return 'list' in actual && accepts(expected.list, actual.list);
  if ('list' in actual) return false;
  return !('fields' in expected && 'fields' in actual) || acceptsFields(expected.fields, actual.fields);
}

function acceptsFields(expected: { [name: string]: ValueType }, actual: { [name: string]: ValueType }): boolean {
  return Object.entries(actual).every(([name, type]) => expected[name] === undefined || accepts(expected[name], type));
}
