import { en } from './en.ts';
import { hi } from './hi.ts';
import type { Locale } from './locale.ts';
import { mr } from './mr.ts';

/** Every language that the platform speaks. */
export const LOCALES: readonly Locale[] = [en, hi, mr];
