import { URDU_GLIDES, URDU_LETTERS, URDU_MARKS, URDU_VOWELS } from './scripts/urdu.ts';

/** Reads an Urdu word; in the second reading a و in the middle is a consonant though no vowel letter follows. */
export function readUrdu(word: string, waw: 'vowel' | 'consonant' = 'vowel'): string {
  let latin = '';
  for (let at = 0; at < word.length; at += 1) latin += readLetter(word, at, waw);
  return latin;
}

function readLetter(word: string, at: number, waw: 'vowel' | 'consonant'): string {
  const letter = word.charAt(at);
  const next = word.charAt(at + 1);
  const glide = URDU_GLIDES.get(letter);
  if (glide !== undefined) {
    const asConsonant = at === 0 ? next !== '' : isVowel(next) || (waw === 'consonant' && glide[0] === 'w');
    return asConsonant ? glide[0] : glide[1];
  }
  const final = at > 0 && at === word.length - 1;
  if (final && (letter === 'ہ' || letter === 'ه')) return isVowel(word.charAt(at - 1)) ? 'h' : 'a';
  return URDU_LETTERS.get(letter) ?? URDU_VOWELS.get(letter) ?? URDU_MARKS.get(letter) ?? '';
}

function isVowel(letter: string): boolean {
  return URDU_VOWELS.has(letter) || URDU_MARKS.has(letter) || URDU_GLIDES.has(letter);
}
