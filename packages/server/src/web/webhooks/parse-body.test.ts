import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBody } from './parse-body.ts';

test.each([
  ['a pair that is an emoji', String.raw`"\ud83d\ude00"`, '😀'],
  ['two of them', String.raw`"\uD83D\uDE00\ud83d\ude4f"`, '😀🙏'],
  ['its first half', String.raw`"a\ud83d"`, 'a\ufffd'],
  ['its first half twice, then the second', String.raw`"\ud83d\ud83d\ude00"`, '\ufffd😀'],
  ['its second half', String.raw`"\ude00b"`, '\ufffdb'],
  ['the second half after a pair', String.raw`"\ud83d\ude00\ude00"`, '😀\ufffd'],
  ['NUL', String.raw`"a\u0000b"`, 'ab'],
  ['Hindi', String.raw`"\u0928\u092e"`, 'नम'],
])('%s', (_what, body, expected) => expect(parseBody(body)).toEqual({ json: expected }));

test('whatever the escapes, every text can be stored', () => {
  const unit = fc.constantFrom('\\ud83d', '\\ude00', '\\uDBFF', '\\uDFFF', '\\u0000', '\\u0041', 'x', '\\\\', '\\\\ud83d');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
      const read = parseBody(`"${units.join('')}"`)?.json;
      expect(typeof read).toBe('string');
      expect(String(read).isWellFormed() && !String(read).includes('\u0000')).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('what is no JSON is refused', () => expect(parseBody('{"a":')).toBeUndefined());
