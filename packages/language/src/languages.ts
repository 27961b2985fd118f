import type { NumberingSystem } from './numerals.ts';

/** What Hazir knows of a language that it speaks. */
export interface Language {
  /** BCP-47. */
  tag: string;
  /** Its own name, as its speakers write it. */
  ownName: string;
  englishName: string;
  /** What people call it too when they type in Latin letters. */
  typedNames?: readonly string[];
  direction: 'ltr' | 'rtl';
  /** The digits that people read in chats; a pack may choose others. */
  digits: NumberingSystem;
}

/** Every language with platform texts, English first, then by number of speakers in India. */
export const LANGUAGES: readonly Language[] = [
  { tag: 'en', ownName: 'English', englishName: 'English', direction: 'ltr', digits: 'latn' },
  { tag: 'hi', ownName: 'हिन्दी', englishName: 'Hindi', direction: 'ltr', digits: 'latn' },
  { tag: 'bn', ownName: 'বাংলা', englishName: 'Bengali', typedNames: ['bangla'], direction: 'ltr', digits: 'beng' },
  { tag: 'mr', ownName: 'मराठी', englishName: 'Marathi', direction: 'ltr', digits: 'deva' },
  { tag: 'te', ownName: 'తెలుగు', englishName: 'Telugu', direction: 'ltr', digits: 'latn' },
  { tag: 'ta', ownName: 'தமிழ்', englishName: 'Tamil', direction: 'ltr', digits: 'latn' },
  { tag: 'gu', ownName: 'ગુજરાતી', englishName: 'Gujarati', direction: 'ltr', digits: 'latn' },
  { tag: 'ur', ownName: 'اردو', englishName: 'Urdu', direction: 'rtl', digits: 'latn' },
  { tag: 'kn', ownName: 'ಕನ್ನಡ', englishName: 'Kannada', direction: 'ltr', digits: 'latn' },
  { tag: 'or', ownName: 'ଓଡ଼ିଆ', englishName: 'Odia', typedNames: ['oriya'], direction: 'ltr', digits: 'orya' },
  { tag: 'ml', ownName: 'മലയാളം', englishName: 'Malayalam', direction: 'ltr', digits: 'latn' },
  { tag: 'pa', ownName: 'ਪੰਜਾਬੀ', englishName: 'Punjabi', direction: 'ltr', digits: 'latn' },
  { tag: 'as', ownName: 'অসমীয়া', englishName: 'Assamese', typedNames: ['asomiya', 'oxomiya'], direction: 'ltr', digits: 'beng' },
];

const byTag: ReadonlyMap<string, Language> = new Map(LANGUAGES.map((language) => [language.tag, language]));

/** Finds a language by its BCP-47 tag; a region is ignored ("hi-IN" finds Hindi). */
export function findLanguage(tag: string): Language | undefined {
  return byTag.get(tag) ?? byTag.get(tag.split('-')[0]?.toLowerCase() ?? '');
}
