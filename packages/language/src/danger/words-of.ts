import { seenText, unstretched } from '../tokens.ts';

/** UTF-16 units read of one message, and words of it: WhatsApp's own limit. */
const MOST_CHARACTERS = 4_096;
const MOST_WORDS = 1_000;

/** Urdu writes what other languages join: بے ہوش. */
const urduWithout = /(?<!\p{L})بے\s+/gu;
/** Bengali "mere felbe", will kill; alone it is the Hindi "my". */
const bengaliKill = /(?<!\p{L})mere\s+(?=fel|phel|pel)/gu;
const pieces = /[\p{L}\p{M}]+/gu;

/** The words of a message as they are looked up, without letters stretched in fear. */
export function dangerWordsOf(text: string): string[] {
  const seen = seenText(text.slice(0, MOST_CHARACTERS));
  return (seen.replace(urduWithout, 'بے').replace(bengaliKill, 'mere').match(pieces) ?? []).slice(0, MOST_WORDS).map(unstretched);
}
