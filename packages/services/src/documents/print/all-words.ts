/** What layouts of Hazir's own say around the fields, by language. */
import { as } from './texts/as.ts';
import { bn } from './texts/bn.ts';
import { en } from './texts/en.ts';
import { gu } from './texts/gu.ts';
import { hi } from './texts/hi.ts';
import { kn } from './texts/kn.ts';
import { ml } from './texts/ml.ts';
import { mr } from './texts/mr.ts';
import { or } from './texts/or.ts';
import { pa } from './texts/pa.ts';
import { ta } from './texts/ta.ts';
import { te } from './texts/te.ts';
import { ur } from './texts/ur.ts';
import type { PrintedWords } from './words.ts';

export const PRINTED_WORDS: Readonly<Record<string, PrintedWords>> = { as, bn, en, gu, hi, kn, ml, mr, or, pa, ta, te, ur };
