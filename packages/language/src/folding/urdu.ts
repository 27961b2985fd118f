import { SEPARATOR } from './fold.ts';
import { URDU_GLIDES, URDU_LETTERS, URDU_MARKS, URDU_VOWELS } from './scripts/urdu.ts';

/** One way to fill in what Urdu does not write. */
export interface UrduReading {
  /** A و between consonants: o, or w where a short vowel beside it is unwritten. */
  waw: 'o' | 'w';
  /** ا at the start before a consonant carries any of three short vowels. */
  alif: 'a' | 'i' | 'u';
  /** ڑ is typed with r or d. */
  flap: 'r' | 'd';
}

/** The readings of every Urdu word, the likeliest first. */
export const URDU_READINGS: readonly UrduReading[] = [
  { waw: 'o', alif: 'a', flap: 'r' },
  { waw: 'w', alif: 'i', flap: 'd' },
  { waw: 'o', alif: 'u', flap: 'd' },
];

/** Reads an Urdu word letter by letter. */
export function readUrdu(word: string, reading: UrduReading): string {
  let latin = '';
  for (let at = 0; at < word.length; at += 1) {
    const letter = readLetter(word, at, reading);
    latin += letter === 'h' && word.charAt(at) !== ASPIRATE && unvowelled.test(latin) ? SEPARATOR + letter : letter;
  }
  return latin;
}

const ASPIRATE = 'ھ';
const unvowelled = /[^aeiou]$/;

function readLetter(word: string, at: number, reading: UrduReading): string {
  const letter = word.charAt(at);
  const next = word.charAt(at + 1);
  const glide = URDU_GLIDES.get(letter);
  if (glide !== undefined) {
    const consonant = at === 0 ? next !== '' : isVowel(next) || (reading.waw === 'w' && glide[0] === 'w');
    return consonant ? glide[0] : glide[1];
  }
  if (letter === 'ڑ') return reading.flap;
  if (letter === 'ا' && at === 0) return isVowel(next) ? '' : reading.alif;
  const final = at > 0 && next === '';
  if (final && (letter === 'ہ' || letter === 'ه')) return isVowel(word.charAt(at - 1)) ? 'h' : 'a';
  return URDU_LETTERS.get(letter) ?? URDU_VOWELS.get(letter) ?? URDU_MARKS.get(letter) ?? '';
}

function isVowel(letter: string): boolean {
  return URDU_VOWELS.has(letter) || URDU_MARKS.has(letter) || URDU_GLIDES.has(letter);
}
