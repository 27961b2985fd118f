/** What a pack says of Open311: which services there are, in which languages. */
import { textIn } from '../../data/localized.ts';
import type { Category } from '../categories.ts';
import type { RequestDesk } from '../desk.ts';
import { notFound } from './protocol/refusal.ts';
import type { Open311Settings } from './settings.ts';

export interface Open311Desk extends RequestDesk {
  open311: Open311Settings;
  languages: readonly string[];
}

/** Undefined where a pack takes no part. */
export function open311Desk(desk: RequestDesk, languages: readonly string[]): Open311Desk | undefined {
  const { open311 } = desk.settings;
  return open311 && { ...desk, open311, languages };
}

/** The services: categories without children. */
export function servicesOf({ categories }: Open311Desk): Category[] {
  return categories.all.filter(({ code }) => categories.childrenOf(code).length === 0);
}

/** Refuses a code that no service has. */
export function serviceOf(desk: Open311Desk, code: string): Category {
  const found = servicesOf(desk).find((category) => category.code === code);
  return found ?? notFound(`service_code ${code} was not found.`);
}

export function nameIn(desk: Open311Desk, text: Category['name'], language: string): string {
  return textIn(text, language, desk.defaultLanguage);
}
