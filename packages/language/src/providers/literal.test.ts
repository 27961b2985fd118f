import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NUMBERING_SYSTEMS, writeDigits } from '../numerals.ts';
import { notInPassages } from './literal.ts';

const PASSAGE =
  'Apply at the Ward Office before 15 March 2026. The fee is ₹1,500, or ₹500 for widows; 12.5% is refunded within 30 days. ' +
  'Call 1800 22 1234 or 98200 12345, or see https://portal.mcgm.gov.in/forms. The Lakhpati Didi scheme gives two lakh rupees.';
const HINDI = 'आवेदन १५ मार्च २०२६ से पहले वार्ड कार्यालय में दें। शुल्क ₹१,५०० है। लाडली योजना में दो लाख रुपये मिलते हैं।';

describe('what a passage says passes', () => {
  test.each([
    ['the passage itself', PASSAGE, PASSAGE],
    ['the same in other words', 'You pay ₹1500, and apply before 15 March 2026 at the Ward Office.', PASSAGE],
    ['money with another sign', 'The fee is Rs. 1,500.', PASSAGE],
    ['digits of another script', 'The fee is ₹१,५००, call १८०० २२ १२३४.', PASSAGE],
    ['Hindi', 'वार्ड कार्यालय में १५ मार्च २०२६ से पहले ₹1500 दें।', HINDI],
    ['no facts at all', 'Yes, that is possible. Please bring your papers.', PASSAGE],
  ])('%s', (_what, draft, passage) => {
    expect(notInPassages({ draft, passages: [passage] })).toEqual([]);
  });
});

describe('what it does not say fails', () => {
  test.each([
    ['another sum', 'The fee is ₹1,600.'],
    ['a sum in words', 'You get three lakh rupees.'],
    ['days as rupees', 'The fee is ₹30.'],
    ['rupees as a hundredth', 'You get 500% back.'],
    ['another date', 'Apply before 16 March 2026.'],
    ['a date of known parts', 'Apply before 30 March 2026.'],
    ['another length of time', 'It is refunded within 12 days.'],
    ['a telephone number of known parts', 'Call 1234 22 1800.'],
    ['another mobile number', 'Call 98200 12346.'],
    ['another address', 'See https://portal.mcgm.gov.in.evil.example/forms.'],
    ['a bare address', 'See mcgm-forms.in for this.'],
    ['a mail address', 'Write to ward@example.org.'],
    ['another scheme', 'Use the Majhi Ladki scheme for this.'],
    ['another office', 'Go to the district office.'],
    ['an abbreviation', 'The BMC pays it.'],
    ['a person', 'Ask for Ramesh Patil there.'],
    ['an office in Hindi', 'तहसील कार्यालय में जाएँ।'],
    ['a sum in Tamil digits', 'Pay ₹௧௬௦௦.'],
  ])('%s', (_what, draft) => {
    expect(notInPassages({ draft, passages: [PASSAGE] })).not.toEqual([]);
  });

  test('a known name that the passages do not have', () => {
    const draft = 'you can also ask at kem for this';
    expect(notInPassages({ draft, passages: [PASSAGE], names: ['KEM'] })).toEqual(['kem']);
  });
});

describe('for any text', () => {
  const sentence = fc.constantFrom(...PASSAGE.split(/(?<=[.;]) /), ...HINDI.split(/(?<=।) /));
  const digits = fc.constantFrom(...NUMBERING_SYSTEMS);

  test('whole sentences of the passages pass, in whatever order and digits', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 5 }), digits, (sentences, system) => {
        const passages = [PASSAGE, HINDI];
        expect(notInPassages({ draft: writeDigits(sentences.join('\n'), system), passages })).toEqual([]);
      }),
    );
  });

  test('a number from elsewhere never passes, in whatever digits', () => {
    fc.assert(
      fc.property(sentence, fc.integer({ min: 3_001, max: 99_999_999 }), digits, (before, number, system) => {
        const draft = `${before} ${writeDigits(String(number), system)}`;
        expect(notInPassages({ draft, passages: [PASSAGE, HINDI] })).not.toEqual([]);
      }),
    );
  });

  test('it never throws, and a text passes beside itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(notInPassages({ draft: text, passages: [text] })).toEqual([]);
      }),
    );
  });
});
