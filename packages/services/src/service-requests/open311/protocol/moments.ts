/** Dates as the W3C note on ISO 8601 has them, always with a zone: 1994-11-05T08:15:30-05:00. */
import { badRequest } from './refusal.ts';

const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Undefined when the argument was left out. A plus sign that nobody encoded arrives as a space. */
export function readMoment(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const plain = text.replace(' ', '+');
  const moment = W3C.test(plain) && isDay(plain.slice(0, 10)) ? new Date(plain) : undefined;
  if (moment === undefined || Number.isNaN(moment.getTime()))
    return badRequest(`${name} must be a date with time and zone, for example 2010-01-01T00:00:00Z.`);
  return moment;
}

/** To the second, in UTC. */
export function writeMoment(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

/** The 31st of February is none. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
