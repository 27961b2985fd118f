import type { ChatItem } from '../../src/protocol.ts';
import type { Texts } from '../texts/index.ts';

const dayMs = 24 * 60 * 60 * 1000;

export interface ChatDay {
  /** When its first message came, in milliseconds. */
  at: number;
  items: ChatItem[];
}

/** Messages in their order, cut where a day of the reader's calendar begins. */
export function groupByDay(items: ChatItem[]): ChatDay[] {
  const days: ChatDay[] = [];
  for (const item of items) {
    const last = days.at(-1);
    if (last && sameDay(last.at, item.at)) last.items.push(item);
    else days.push({ at: item.at, items: [item] });
  }
  return days;
}

/** "Today", "Yesterday" or the date, seen from `now` (milliseconds, the simulator's clock). */
export function dayName(at: number, now: number, { locale, texts }: { locale: string; texts: Texts }): string {
  if (sameDay(at, now)) return texts.chat.today;
  if (sameDay(at, now - dayMs)) return texts.chat.yesterday;
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
