/**
 * The fonts that documents are set in: Noto, from packages that carry TTF files and their licence (OFL 1.1). A document is set in
 * the family of its language; what is of another script, such as a name or a number, is taken from the others.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { codePointsOf } from './code-points.ts';

const FAMILIES = {
  'noto-sans': 'Noto Sans',
  'noto-sans-devanagari': 'Noto Sans Devanagari',
  'noto-sans-bengali': 'Noto Sans Bengali',
  'noto-sans-oriya': 'Noto Sans Oriya',
  'noto-sans-tamil': 'Noto Sans Tamil',
  'noto-sans-telugu': 'Noto Sans Telugu',
  'noto-sans-gujarati': 'Noto Sans Gujarati',
  'noto-sans-gurmukhi': 'Noto Sans Gurmukhi',
  'noto-sans-kannada': 'Noto Sans Kannada',
  'noto-sans-malayalam': 'Noto Sans Malayalam',
  'noto-nastaliq-urdu': 'Noto Nastaliq Urdu',
} as const;
const FAMILY_OF: Readonly<Record<string, string>> = {
  hi: FAMILIES['noto-sans-devanagari'],
  mr: FAMILIES['noto-sans-devanagari'],
  bn: FAMILIES['noto-sans-bengali'],
  as: FAMILIES['noto-sans-bengali'],
  or: FAMILIES['noto-sans-oriya'],
  ta: FAMILIES['noto-sans-tamil'],
  te: FAMILIES['noto-sans-telugu'],
  gu: FAMILIES['noto-sans-gujarati'],
  pa: FAMILIES['noto-sans-gurmukhi'],
  kn: FAMILIES['noto-sans-kannada'],
  ml: FAMILIES['noto-sans-malayalam'],
  ur: FAMILIES['noto-nastaliq-urdu'],
};
const WEIGHTS = ['400Regular', '700Bold'];
/** Joiners choose between forms of a letter and need no glyph of their own. */
const JOINERS = new Set([0x200c, 0x200d]);

const { resolve } = createRequire(import.meta.url);

/** Families in the order in which a letter of a text in `language` is looked for. */
export function familiesOf(language: string): string[] {
  return [...new Set([FAMILY_OF[language] ?? FAMILIES['noto-sans'], ...Object.values(FAMILIES)])];
}

/** Folders of the font files. */
export function fontFolders(): string[] {
  return Object.keys(FAMILIES).flatMap((name) => {
    const root = dirname(resolve(`@expo-google-fonts/${name}/package.json`));
    return WEIGHTS.map((weight) => join(root, weight));
  });
}

/** The first character of a text that no font can show; undefined when all can be printed. */
export function unprintableIn(text: string): string | undefined {
  printable ??= readPrintable();
  const known = printable;
  return [...text].find((character) => !known.has(character.codePointAt(0) ?? 0));
}

let printable: ReadonlySet<number> | undefined;

/** Characters that are in some font in each weight. */
function readPrintable(): ReadonlySet<number> {
  const [first = new Set<number>(), ...others] = WEIGHTS.map((weight) => {
    const folders = fontFolders().filter((folder) => folder.endsWith(weight));
    return new Set(folders.flatMap(codePointsIn));
  });
  const shared = [...first].filter((point) => others.every((other) => other.has(point)));
  // Marks that turn the direction of writing could make a document look like another.
  return new Set([...shared.filter((point) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(String.fromCodePoint(point))), ...JOINERS]);
}

function codePointsIn(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ttf'))
    .flatMap((name) => codePointsOf(readFileSync(join(folder, name))));
}
