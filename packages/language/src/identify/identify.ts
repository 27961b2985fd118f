/**
 * Which language a message is in. The script decides most; Devanagari (Hindi, Marathi), the Bengali script (Bengali, Assamese)
 * and Latin letters (any of the thirteen) need the words. Native ones are compared by sound, with a naive Bayes classifier over grams
 * of characters and whole words, trained in milliseconds from our own word lists, when first asked; Latin letters with a table.
 */

import { DANGER_WORDS } from '../danger/words/all.ts';
import { lightKeysOf } from '../folding/light.ts';
import { LANGUAGES } from '../languages.ts';
import { type Script, scriptOf } from '../scripts.ts';
import { EVERYDAY_WORDS } from './everyday-words.ts';
import { languagesOfLatin } from './latin-table.ts';

/** What a message is written in. */
export interface IdentifiedLanguage {
  /** BCP-47. */
  language: string;
  /** 0 to 1. */
  confidence: number;
  /** Words that were read. */
  words: number;
  /** True when little doubt is left: the script says it, or small words that the likeliest other language does not have. */
  sure: boolean;
}

const MOST_CHARACTERS = 400;
const MOST_WORDS = 30;
const WHOLE_WORD_WEIGHT = 3;
const LONGEST_GRAM = 4;
const SUREST = 0.9;
const FEWEST_KNOWN = 2;
/** Everyday words say more about a language than words of fear, which it often shares with others. */
const EVERYDAY_WEIGHT = 3;
const pieces = /[\p{L}\p{M}]+/gu;
const assameseOnly = /[\u09F0\u09F1]/;

const BY_SCRIPT: Readonly<Record<Script, readonly string[]>> = {
  // In Latin letters Urdu and Hindi are one language.
  Latin: LANGUAGES.map(({ tag }) => tag).filter((tag) => tag !== 'ur'),
  Devanagari: ['hi', 'mr'],
  Bengali: ['bn', 'as'],
  Gurmukhi: ['pa'],
  Gujarati: ['gu'],
  Oriya: ['or'],
  Tamil: ['ta'],
  Telugu: ['te'],
  Kannada: ['kn'],
  Malayalam: ['ml'],
  Arabic: ['ur'],
};

interface Counts {
  total: number;
  byFeature: Map<string, number>;
  /** Sounds of its everyday words. */
  everyday: Set<string>;
}

let learned: ReadonlyMap<string, Counts> | undefined;

/** The language of a text; undefined when it has no word of a known script. Only the beginning of a long text is read. */
export function identifyLanguage(text: string): IdentifiedLanguage | undefined {
  const words =
    text.slice(0, MOST_CHARACTERS).toWellFormed().normalize('NFC').toLowerCase().match(pieces)?.slice(0, MOST_WORDS) ?? [];
  const script = scriptOf(words.join(' '));
  if (script === undefined) return undefined;
  const own = words.filter((word) => scriptOf(word) === script);
  const [only, ...others] = BY_SCRIPT[script];
  if (only !== undefined && others.length === 0) return { language: only, confidence: 1, words: own.length, sure: true };
  if (script === 'Bengali' && assameseOnly.test(own.join(' ')))
    return { language: 'as', confidence: 1, words: own.length, sure: true };
  learned ??= learn();
  return classify(own, BY_SCRIPT[script], learned);
}

function classify(
  words: readonly string[],
  languages: readonly string[],
  counts: ReadonlyMap<string, Counts>,
): IdentifiedLanguage | undefined {
  const [best, ...others] = languages.length > 2 ? languagesOfLatin(words) : languagesOfNative(words, languages, counts);
  if (best === undefined) return undefined;
  const sounds = words.map(soundOf);
  const known = (language: string): number => sounds.filter((sound) => counts.get(language)?.everyday.has(sound)).length;
  const rival = Math.max(0, ...others.map(({ language }) => known(language)));
  const sure = best.share >= SUREST && known(best.language) >= FEWEST_KNOWN && known(best.language) > rival;
  return { language: best.language, confidence: best.share, words: words.length, sure };
}

function languagesOfNative(
  words: readonly string[],
  languages: readonly string[],
  counts: ReadonlyMap<string, Counts>,
): { language: string; share: number }[] {
  const features = words.flatMap(featuresOf);
  const scored = languages
    .map((language) => ({ language, score: likelihood(features, counts.get(language)) }))
    .sort((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  // Grams of one word are far from independent: their evidence counts a third.
  const likely = scored.map(({ language, score }) => ({ language, share: Math.exp((score - best) / 3) }));
  const mass = likely.reduce((sum, { share }) => sum + share, 0);
  return likely.map(({ language, share }) => ({ language, share: share / mass }));
}

function likelihood(features: readonly { feature: string; weight: number }[], counts: Counts | undefined): number {
  const total = (counts?.total ?? 0) + 8_000;
  return features.reduce(
    (sum, { feature, weight }) => sum + weight * Math.log(((counts?.byFeature.get(feature) ?? 0) + 0.3) / total),
    0,
  );
}

function soundOf(word: string): string {
  return lightKeysOf(word)[0] ?? '';
}

function featuresOf(word: string): { feature: string; weight: number }[] {
  const key = soundOf(word);
  if (key === '') return [];
  const marked = `#${key}#`;
  const features = [{ feature: marked, weight: WHOLE_WORD_WEIGHT }];
  for (let size = 2; size <= LONGEST_GRAM; size += 1) {
    for (let at = 0; at + size <= marked.length; at += 1)
      features.push({ feature: marked.slice(at, at + size), weight: size / 6 });
  }
  return features;
}

function learn(): ReadonlyMap<string, Counts> {
  const all = new Map<string, Counts>();
  for (const [language, words] of Object.entries(EVERYDAY_WORDS)) {
    const counts: Counts = { total: 0, byFeature: new Map(), everyday: new Set(words.split(' ').map(soundOf)) };
    all.set(language, counts);
    for (const word of words.split(' ')) addWord(counts, word, EVERYDAY_WEIGHT);
    for (const word of Object.values(DANGER_WORDS[language] ?? {}).flatMap((each) => each.split(' '))) {
      addWord(counts, word.replaceAll(/[*=]/g, ''), 1);
    }
  }
  return all;
}

function addWord(counts: Counts, word: string, times: number): void {
  for (const { feature } of featuresOf(word)) {
    counts.byFeature.set(feature, (counts.byFeature.get(feature) ?? 0) + times);
    counts.total += times;
  }
}
