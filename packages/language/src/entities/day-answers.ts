import { normalize } from '../normalize.ts';

/**
 * Words that are a day only as a whole answer to "when?": inside a sentence they are too often something else ("kali", "inn"), or
 * `DAY_WORDS` leaves two days open. Days from today; between strokes, because some are two words.
 */
const ANSWERS: readonly (readonly [number, string])[] = [
  [0, 'ajke|ఈ రోజు|ee roju|indu|inn'],
  [-1, 'बीता कल|beeta kal|काल|kaal|ગઈ કાલે|gatakali|ਬੀਤਿਆ ਕੱਲ੍ਹ|কালি|kali|যোৱা কালি|گزشتہ کل'],
  [1, 'आने वाला कल|aane wala kal|આવતી કાલે|آنے والا کل|asantakali'],
];

const byAnswer: ReadonlyMap<string, readonly number[]> = new Map(
  ANSWERS.flatMap(([days, words]) => words.split('|').map((word) => [normalize(word), [days]])),
);

/** The days from today that an answer means which is nothing but one of these words; all others are for `extractEntities`. */
export function answeredDays(answer: string): readonly number[] | undefined {
  return byAnswer.get(normalize(answer));
}
