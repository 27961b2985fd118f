/** Whatever a citizen's phone can send: nothing here throws, nothing takes longer than its length says, nothing invisible decides. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyIntent, extractEntities, maskIdentifiers, normalize, scriptOf, trainIntents } from './index.ts';

const model = trainIntents([
  { intent: 'report-garbage', text: 'kachra nahi uthaya' },
  { intent: 'report-garbage', text: 'garbage not collected' },
  { intent: 'report-garbage', text: 'कचरा नहीं उठाया' },
  { intent: 'find-officer', text: 'ward officer ka number' },
  { intent: 'find-officer', text: 'वार्ड अधिकारी का नंबर' },
]);

const pieces = [
  ...[
    'kachra ',
    'nahi ',
    'uthaya ',
    'कचरा',
    'ward',
    '400028',
    '४००',
    ' ',
    '\n',
    '\u0000',
    '<script>',
    '</b>',
    '{{x}}',
    '%s',
    "'; drop",
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\ud83d',
    '\ude00',
    '👩‍👩‍👧',
    '🇮🇳',
    '1️⃣',
    '\u0301',
    '्',
    'ﷺ',
    'Ａ',
    'ͅ',
    '𝟗',
    'İ',
    'ß',
  ],
  ...['ᱥ', 'ꯑ', '漢', '字', 'عربي', 'اردو', 'தமிழ்', 'ตัว', '\ue000', '\uffff'],
];
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((codes) => String.fromCharCode(...codes)),
  fc.array(fc.constantFrom(...pieces), { maxLength: 200 }).map((all) => all.join('')),
);

test('any text is normalised once and for all, read and classified with finite scores', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const once = normalize(text);
      expect(once.isWellFormed()).toBe(true);
      expect(normalize(once)).toBe(once);
      scriptOf(text);
      extractEntities(text, { today: '2026-03-10' });
      const { outcome, candidates } = classifyIntent(model, text);
      expect(['accept', 'clarify', 'fallback']).toContain(outcome);
      for (const { score } of candidates) expect(Number.isFinite(score)).toBe(true);
      expect(classifyIntent(model, text)).toEqual({ ...classifyIntent(model, text) });
    }),
    { numRuns: 400 },
  );
});

test('characters that cannot be seen change neither the label nor the decision', () => {
  const unseen = fc.constantFrom('\u200b', '\u200c', '\u200e', '\u202e', '\u2066', '\u2069', '\ufeff', '\u00ad');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), unseen), { maxLength: 12 }), (inserted) => {
      let text = 'kachra nahi uthaya 3 din se';
      for (const [at, character] of inserted) text = text.slice(0, at) + character + text.slice(at);
      expect(normalize(text)).toBe('kachra nahi uthaya 3 din se');
      expect(classifyIntent(model, text)).toEqual(classifyIntent(model, 'kachra nahi uthaya 3 din se'));
    }),
  );
});

describe('time grows no faster than the text', () => {
  const parts = [
    'a',
    'क',
    '\u094d',
    '1',
    '1 ',
    '1-',
    '\u202e',
    '\udc00',
    '😡',
    '<b>',
    'kachra ',
    'ab1',
    '\u0301',
    "'",
    'a\u200d',
    'ward officer ',
  ];
  test.each(parts.map((part) => [JSON.stringify(part), part]))('4,096 characters of %s, and ten times that', (_, part) => {
    const text = part.repeat(Math.ceil(4_096 / part.length)).slice(0, 4_096);
    const spent = (said: string): number => {
      const before = performance.now();
      normalize(said);
      maskIdentifiers(said);
      extractEntities(said, { today: '2026-03-10' });
      classifyIntent(model, said);
      return performance.now() - before;
    };
    spent(text);
    expect(spent(text)).toBeLessThan(250);
    expect(spent(text.repeat(10))).toBeLessThan(1_000);
  });
});
