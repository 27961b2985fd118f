/** Text for places that hold one line: titles, labels, headers. */

/** The text without line breaks and repeated blanks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
