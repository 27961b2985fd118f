export { keysOf, type WordKeys } from './folding/keys.ts';
export { readingsOf, romanise } from './folding/romanise.ts';
export { findLanguage, LANGUAGES, type Language } from './languages.ts';
export { leadingEmoji, normalize, sameLabel } from './normalize.ts';
export { formatNumber, numberFormat } from './number-format.ts';
export { asciiDigits, NUMBERING_SYSTEMS, type NumberingSystem, writeDigits } from './numerals.ts';
export { SCRIPT_RANGES, type Script, scriptOf } from './scripts.ts';
