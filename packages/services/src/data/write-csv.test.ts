import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unguarded, writeCsv } from './write-csv.ts';

test.each([
  ['plain', 'plain'],
  ['a, b', '"a, b"'],
  ['say "hi"', '"say ""hi"""'],
  ['=1+1', "'=1+1"],
  ['@cmd', "'@cmd"],
  ['-2+3', "'-2+3"],
  ['-73.98', '-73.98'],
  ['+91 11 5550', "'+91 11 5550"],
])('writes %s', (given, written) => {
  expect(writeCsv([[given]])).toBe(`${written}\n`);
});

test('what is written is read back, and no cell begins as a formula', () => {
  const cell = fc.string().map((text) => text.replaceAll('\r', ''));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constant('x'), cell), { minLength: 1 }), (rows) => {
      const read: string[][] = parse(writeCsv(rows));
      expect(read.map((row) => row.map(unguarded))).toEqual(rows.map((row) => row.map(unguarded)));
      expect(read.flat().filter((each) => /^[=@\t]/.test(each))).toEqual([]);
    }),
  );
});
