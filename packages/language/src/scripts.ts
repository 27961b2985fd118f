/** Which script a text is written in: the first, cheap step of telling its language. */
export type Script =
  | 'Latin'
  | 'Devanagari'
  | 'Bengali'
  | 'Gurmukhi'
  | 'Gujarati'
  | 'Oriya'
  | 'Tamil'
  | 'Telugu'
  | 'Kannada'
  | 'Malayalam'
  | 'Arabic';

/** Unicode blocks of Indian scripts and of Latin, first and last code point. */
export const SCRIPT_RANGES: readonly { script: Script; first: number; last: number }[] = [
  { script: 'Latin', first: 0x41, last: 0x24f },
  { script: 'Arabic', first: 0x600, last: 0x6ff },
  { script: 'Arabic', first: 0x750, last: 0x77f },
  { script: 'Devanagari', first: 0x900, last: 0x97f },
  { script: 'Bengali', first: 0x980, last: 0x9ff },
  { script: 'Gurmukhi', first: 0xa00, last: 0xa7f },
  { script: 'Gujarati', first: 0xa80, last: 0xaff },
  { script: 'Oriya', first: 0xb00, last: 0xb7f },
  { script: 'Tamil', first: 0xb80, last: 0xbff },
  { script: 'Telugu', first: 0xc00, last: 0xc7f },
  { script: 'Kannada', first: 0xc80, last: 0xcff },
  { script: 'Malayalam', first: 0xd00, last: 0xd7f },
];

const letter = /\p{L}/u;

/** The script of most letters of a text; undefined when it has no letter of a script in the table. */
export function scriptOf(text: string): Script | undefined {
  const counts = new Map<Script, number>();
  for (const character of text) {
    if (!letter.test(character)) continue;
    const code = character.codePointAt(0) ?? 0;
    const range = SCRIPT_RANGES.find(({ first, last }) => code >= first && code <= last);
    if (range !== undefined) counts.set(range.script, (counts.get(range.script) ?? 0) + 1);
  }
  let best: Script | undefined;
  for (const [script, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = script;
  return best;
}
