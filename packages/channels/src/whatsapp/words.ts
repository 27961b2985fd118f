/** Text for places that hold one line: titles, labels, headers. */

/** The text without line breaks and repeated blanks. */
export function oneLine(text: string): string {
  if (!UNEVEN.test(text)) return text;
  return text.replace(/\s+/gu, ' ').trim();
}

/** Blanks other than single spaces between words. */
const UNEVEN = /[^\S ]|\s\s|^\s|\s$/u;
