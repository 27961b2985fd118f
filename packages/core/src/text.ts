/** Lengths and cuts as channels count them. Meta does not say its unit, so we count the larger of the two. */

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The larger of UTF-16 units and code points; UTF-16 is never the smaller, stated here once. */
export function textLength(text: string): number {
  return text.length;
}

/**
 * Cuts on a grapheme border so that at most `most` units remain, an ellipsis included.
 * Devanagari clusters, emoji with joiners and flags stay whole.
 */
export function clip(text: string, most: number): string {
  if (textLength(text) <= most) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length + 1 > most) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Number of user-perceived characters. */
export function graphemeCount(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}
