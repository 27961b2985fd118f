import { expect, test } from 'vitest';
import { createExpressionScope } from './expression.ts';
import { typeOfJson, typeOfSchema, unify, type ValueType } from './value-type.ts';

const area: ValueType = {
  fields: { code: 'string', population: 'int', office: { fields: { phone: 'string' } }, tags: { list: 'string' } },
};
const scope = createExpressionScope({
  areas: { list: area },
  ward: area,
  n: 'int',
  ratio: 'double',
  name: 'string',
  any: 'any',
  now: 'time',
});
const values: { [name: string]: unknown } = {
  areas: [
    { code: 'A', population: 3, office: { phone: '1' }, tags: ['x'], extra: 'kept' },
    { code: 'B', population: 5, office: { phone: '2' }, tags: [] },
  ],
  n: 41,
  ratio: 2,
  name: 'Asha',
  any: { list: [1, 2.5], inner: { x: 7 } },
  now: 0,
};
const lookup = (asked: string) => JSON.parse(JSON.stringify(values[asked] ?? null));

test.each<[string, unknown, ValueType]>([
  ['size(areas) == 2', true, 'bool'],
  ['n + 1', 42, 'int'],
  ['ratio * 1.5', 3, 'double'],
  ['areas[1].office.phone', '2', 'string'],
  ['areas.filter(a, a.population > 4).map(a, a.code)', ['B'], { list: 'string' }],
  ['areas[0]', { code: 'A', population: 3, office: { phone: '1' }, tags: ['x'], extra: 'kept' }, area],
  ['isSet(ward) ? ward.code : areas[0].code', 'A', 'string'],
  ['any.inner.x + 1', 8, 'any'],
  ['any.list[1]', 2.5, 'any'],
  ['{"code": name, "many": n}', { code: 'Asha', many: 41 }, 'any'],
  ['now.getFullYear("Asia/Kolkata")', 1970, 'int'],
  ['now + duration("1h")', '1970-01-01T01:00:00.000Z', 'time'],
  ['null', null, 'null'],
])('%s', (source, value, type) => {
  const compiled = scope.compile(source);
  expect(compiled.evaluate(lookup)).toEqual(value);
  if (type !== 'any') expect(compiled.type).toEqual(type);
});

test.each([
  ['name.matches("a+")', 'flow:expression-unsafe'],
  ['areas.map(a, areas.map(b, areas.map(c, c)))', 'flow:expression-unsafe'],
  ['areas[0].nothing', 'flow:expression-type'],
  ['name + 1', 'flow:expression-type'],
  ['constructor', 'flow:expression-type'],
  ['1 +', 'flow:expression-syntax'],
  [`"${'x'.repeat(600)}"`, 'flow:expression-long'],
  [Array.from({ length: 120 }, () => '1').join('+'), 'flow:expression-syntax'],
])('%s is refused when the pack is loaded', (source, code) => {
  expect(() => scope.compile(source)).toThrowError(expect.objectContaining({ code }));
});

test('a value of another type than declared fails with a code, and without the value', () => {
  const compiled = scope.compile('n + 1');
  expect(() => compiled.evaluate(() => 'secret')).toThrowError(/^The expression `n \+ 1` failed: \w+$/);
});

test('hostile objects of other systems are plain data', () => {
  const hostile = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}');
  expect(scope.compile('size(any)').evaluate(() => hostile)).toBe(3);
  expect(scope.compile('any.constructor').evaluate(() => hostile)).toBe(2);
  expect(scope.compile('isSet(any.x)').evaluate(() => hostile)).toBe(false);
});

test('types come from JSON Schema as Zod emits it', () => {
  expect(
    typeOfSchema({
      type: 'object',
      properties: {
        a: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
        b: { enum: ['x', 'y'] },
        c: { $ref: '#/$defs/c' },
        d: { type: ['string', 'null'] },
      },
      $defs: { c: { type: 'array', items: { const: 1 } } },
    }),
  ).toEqual({ fields: { a: 'int', b: 'string', c: { list: 'int' }, d: 'string' } });
  expect(
    typeOfSchema({
      oneOf: [
        { type: 'object', properties: { a: { type: 'string' } } },
        { type: 'object', properties: { b: { type: 'number' } } },
      ],
    }),
  ).toEqual({
    fields: { a: 'string', b: 'double' },
  });
  expect(typeOfSchema({ $ref: '#' })).toBe('any');
  expect(typeOfJson([{ a: 1 }, { a: 2, b: null }])).toEqual({ list: { fields: { a: 'int', b: 'null' } } });
  expect(unify('string', 'int')).toBeUndefined();
});
