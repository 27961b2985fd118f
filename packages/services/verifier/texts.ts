/** What the verifier says, in thirteen languages: one file each. */
import as_ from './texts/as.json' with { type: 'json' };
import bn from './texts/bn.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import gu from './texts/gu.json' with { type: 'json' };
import hi from './texts/hi.json' with { type: 'json' };
import kn from './texts/kn.json' with { type: 'json' };
import ml from './texts/ml.json' with { type: 'json' };
import mr from './texts/mr.json' with { type: 'json' };
import or_ from './texts/or.json' with { type: 'json' };
import pa from './texts/pa.json' with { type: 'json' };
import ta from './texts/ta.json' with { type: 'json' };
import te from './texts/te.json' with { type: 'json' };
import ur from './texts/ur.json' with { type: 'json' };

/** A language file that lacks a sentence does not compile. */
export type Texts = Readonly<Record<keyof typeof en, string>>;

export const TEXTS: Readonly<Record<string, Texts>> & { en: Texts } = {
  en,
  hi,
  mr,
  bn,
  as: as_,
  or: or_,
  ta,
  te,
  gu,
  pa,
  kn,
  ml,
  ur,
};

/** Each in its own words, in the order of the choice. */
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  hi: 'हिन्दी',
  mr: 'मराठी',
  bn: 'বাংলা',
  as: 'অসমীয়া',
  or: 'ଓଡ଼ିଆ',
  ta: 'தமிழ்',
  te: 'తెలుగు',
  gu: 'ગુજરાતી',
  pa: 'ਪੰਜਾਬੀ',
  kn: 'ಕನ್ನಡ',
  ml: 'മലയാളം',
  ur: 'اردو',
};
