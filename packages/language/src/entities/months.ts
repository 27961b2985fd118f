import { LANGUAGES } from '../languages.ts';
import { LATIN_MONTHS } from './date-words.ts';

/** The month (1 to 12) that a word names in any of the languages; undefined when it names none. */
export function monthNamed(word: string): number | undefined {
  months ??= readMonths();
  return months.get(word.normalize('NFC'));
}

/** Made when first asked: ICU takes some milliseconds for all languages. */
let months: ReadonlyMap<string, number> | undefined;

function readMonths(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, words] of LATIN_MONTHS.entries()) for (const word of words.split(' ')) found.set(word, index + 1);
  for (const { tag } of LANGUAGES) {
    const format = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' });
    for (let month = 1; month <= 12; month += 1) {
      const name = format
        .format(Date.UTC(2025, month - 1, 15))
        .normalize('NFC')
        .toLowerCase();
      if (!/\s/.test(name) && !found.has(name)) found.set(name, month);
    }
  }
  return found;
}
