import type { DangerTexts } from './danger-texts.ts';
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

/** By language: all thirteen, whatever languages a pack has. A cry for help is answered in the language it comes in. */
export const DANGER_TEXTS: Readonly<Record<string, DangerTexts>> = { en, hi, bn, mr, te, ta, gu, ur, kn, or, ml, pa, as };
