import type { Finding } from './entity.ts';

const MOBILE = /(?<![0-9])(?:\+?91[\s-]?|0)?([6-9][0-9]{4})[\s-]?([0-9]{5})(?![0-9])/g;
const PIN = /(?<![0-9.,])(?<![0-9][\s-])([1-9][0-9]{2})\s?([0-9]{3})(?!\s?[0-9]|[.,][0-9])/g;

/** Indian mobile numbers: ten digits from 6, 7, 8 or 9, with or without 91 or 0 before them. */
export function findMobiles(plain: string): Finding[] {
  return [...plain.matchAll(MOBILE)].map(({ 0: whole, 1: first = '', 2: last = '', index }) => ({
    kind: 'mobile',
    value: `+91${first}${last}`,
    start: index,
    end: index + whole.length,
  }));
}

/** Six digits that do not begin with 0, alone or with a space in the middle. */
export function findPins(plain: string): Finding[] {
  return [...plain.matchAll(PIN)].map(({ 0: whole, 1: first = '', 2: last = '', index }) => ({
    kind: 'pin',
    value: first + last,
    start: index,
    end: index + whole.length,
  }));
}
