/**
 * Urdu (and Arabic letters in general): letter by letter, because short vowels are not written. و and ی are a consonant at
 * the start of a word and before a vowel letter, else a vowel; a final ہ is the vowel that it is spoken as.
 */
import { lookup } from '../pairs.ts';

/** Consonants and marks; letters that differ only in Arabic (ت ط, س ص ث, ز ذ ض ظ) sound the same. */
export const URDU_LETTERS: ReadonlyMap<string, string> = lookup(
  'ب b پ p ت t ٹ t ث s ج j چ ch ح h خ kh د d ڈ d ذ z ر r ڑ r ز z ژ zh س s ش sh ص s ض z ط t ظ z غ gh ف f ق q ک k ك k گ g ' +
    'ل l م m ن n ں n ہ h ه h ۂ h ة t ۃ t ھ h',
);

/** The letters that are always a vowel; ع and hamza are heard as their neighbours. */
export const URDU_VOWELS: ReadonlyMap<string, string> = lookup('آ aa ا a أ a إ i ٱ a ے e ۓ e ئ i ؤ o ع a');

/** Marks of short vowels, rarely written; a doubled consonant and the silent mark say nothing to a key. */
export const URDU_MARKS: ReadonlyMap<string, string> = lookup('\u064e a \u0650 i \u064f u \u064b an \u0670 a');

/** The three letters whose reading depends on their place: as a consonant, as a vowel. */
export const URDU_GLIDES: ReadonlyMap<string, readonly [consonant: string, vowel: string]> = new Map([
  ['و', ['w', 'o']],
  ['ی', ['y', 'i']],
  ['ي', ['y', 'i']],
  ['ى', ['y', 'i']],
]);
