import { as } from './as.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { gu } from './gu.ts';
import { hi } from './hi.ts';
import { kn } from './kn.ts';
import type { Locale } from './locale.ts';
import { ml } from './ml.ts';
import { mr } from './mr.ts';
import { or } from './or.ts';
import { pa } from './pa.ts';
import { ta } from './ta.ts';
import { te } from './te.ts';
import { ur } from './ur.ts';

/** Every language that the platform speaks. */
export const LOCALES: readonly Locale[] = [en, hi, bn, mr, te, ta, gu, ur, kn, or, ml, pa, as];
