import { as } from './as.ts';
import { bn } from './bn.ts';
import type { DangerWords } from './danger-words.ts';
import { en } from './en.ts';
import { gu } from './gu.ts';
import { hi } from './hi.ts';
import { kn } from './kn.ts';
import { ml } from './ml.ts';
import { mr } from './mr.ts';
import { or } from './or.ts';
import { pa } from './pa.ts';
import { ta } from './ta.ts';
import { te } from './te.ts';
import { ur } from './ur.ts';

/** The words of every language. They are matched all at once: people mix languages, most of all in fear. */
export const DANGER_WORDS: Readonly<Record<string, DangerWords>> = { en, hi, bn, mr, te, ta, gu, ur, kn, or, ml, pa, as };
