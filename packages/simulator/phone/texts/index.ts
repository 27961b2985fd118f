import type { Language } from '../state/preferences.ts';
import { en, type Texts } from './en.ts';
import { hi } from './hi.ts';
import { mr } from './mr.ts';

export type { Texts } from './en.ts';

/** The page's words by language. */
export const texts: Record<Language, Texts> = { en, hi, mr };

/** The languages' own names, as they stand in the switch. */
export const languageNames: Record<Language, string> = { en: 'English', hi: 'हिन्दी', mr: 'मराठी' };

/** For times and dates; digits stay Latin, as WhatsApp shows them in India. */
export const locales: Record<Language, string> = { en: 'en-IN', hi: 'hi-IN-u-nu-latn', mr: 'mr-IN-u-nu-latn' };
