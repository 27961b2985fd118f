import type { Texts } from '../texts/index.ts';

const dayMs = 24 * 60 * 60 * 1000;

export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** "Today", "Yesterday" or the date, seen from `now` (milliseconds, the simulator's clock). */
export function dayName(at: number, now: number, { locale, texts }: { locale: string; texts: Texts }): string {
  if (sameDay(at, now)) return texts.chat.today;
  if (sameDay(at, now - dayMs)) return texts.chat.yesterday;
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}
