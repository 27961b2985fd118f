/** What a pack says of its helpline: desks, what they are asked about, when they are there, and whom they call. */
import type { Calendar } from '../calendars/calendar.ts';
import type { Localized } from '../data/localized.ts';

export interface Topic {
  code: string;
  name: Localized;
}

export interface Desk {
  code: string;
  name: Localized;
  topics: readonly Topic[];
  /** When somebody answers. */
  hours: Calendar;
  /** How long one talk takes, in minutes, while there are no figures of its own. */
  talkMinutes: number;
  /** Somebody in danger who waits: after so many minutes the first, the second ... officer on call is told on their own phone. */
  ladder: readonly number[];
}

/** An answer that is written often. */
export interface Reply {
  code: string;
  /** Empty: of every topic. */
  topics: readonly string[];
  text: Localized;
}

export interface Helpline {
  desks: readonly Desk[];
  replies: readonly Reply[];
  languages: readonly string[];
  defaultLanguage: string;
  offerSeconds: number;
  reopenDays: number;
}

/** By organization. */
export type Helplines = ReadonlyMap<number, Helpline>;

/** The desk that is asked about a topic; what no desk names is the first one's. Undefined without desks. */
export function deskOf({ desks }: Helpline, topic: string): Desk | undefined {
  return desks.find(({ topics }) => topics.some(({ code }) => code === topic)) ?? desks[0];
}

/** As SQL compares a ticket's topic with a desk: `topic = any (own)`, or for the first desk `topic <> all (others)`. */
export function topicsOf({ desks }: Helpline, desk: Desk): { own: string[] | null; others: string[] } {
  const codes = (of: readonly Desk[]) => of.flatMap(({ topics }) => topics.map(({ code }) => code));
  return desk === desks[0] ? { own: null, others: codes(desks.slice(1)) } : { own: codes([desk]), others: [] };
}

export function topicName({ desks }: Helpline, code: string): Localized | undefined {
  return desks.flatMap(({ topics }) => topics).find((topic) => topic.code === code)?.name;
}
