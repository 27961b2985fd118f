/** UTF-16 units read of one message, and words of it: WhatsApp's own limit. */
const MOST_CHARACTERS = 4_096;
const MOST_WORDS = 1_000;

const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F]/g;
const apostrophes = /(?<=\p{L})['’ʼ](?=\p{L})/gu;
const stretched = /(\p{L})\1{2,}/gu;
/** Urdu writes what other languages join: بے ہوش. */
const urduWithout = /(?<!\p{L})بے\s+/gu;
const pieces = /[\p{L}\p{M}]+/gu;

/** The words of a message as they are looked up: lower case, without what cannot be seen, and without letters stretched in fear. */
export function dangerWordsOf(text: string): string[] {
  const plain = text.slice(0, MOST_CHARACTERS).toWellFormed().normalize('NFC').replace(invisible, '').toLowerCase();
  return (plain.replace(apostrophes, '').replace(urduWithout, 'بے').match(pieces) ?? [])
    .slice(0, MOST_WORDS)
    .map((word) => word.replace(stretched, '$1$1'));
}
