/** The numbers and the citizens of a load run. All of it follows from the index, so that SQL can make the same people. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Language, Place, Step } from './script.ts';

/** A number of Hazir's, as the harness has connected it. */
export interface NumberPlan {
  numberId: string;
  businessId: string;
  digits: string;
  /** 0 or 1: whose number it is. */
  organization: number;
  appSecret: string;
}

export interface LoadNumber extends NumberPlan {
  key: KeyObject;
}

export interface Contact {
  index: number;
  phone: string;
  userId: string;
  number: LoadNumber;
  language: Language;
  /** Where the citizen stands in the script. */
  place: Place;
  /** The message that waits for its reply. */
  turn: Turn | undefined;
  /** Our latest message to them: what a tap answers. */
  lastWamid: string;
}

/** One message of a citizen and what came of it. */
export interface Turn {
  contact: Contact;
  step: Step;
  /** When it was to be sent: latency counts from here. */
  dueAt: number;
  acked: boolean;
  replied: boolean;
  /** Statuses of the reply that Hazir has acknowledged. */
  statuses: number;
}

/** Languages by the last digit of the index, the same in SQL (see prepare/seed.ts). */
const LANGUAGE_OF: readonly Language[] = ['en', 'en', 'en', 'en', 'hi', 'hi', 'hi', 'mr', 'mr', 'mr'];
const FIRST_PHONE = 919_100_000_000;

/** The index of a citizen; NaN for a text that is no phone. */
export function indexOfPhone(phone: string): number {
  return Number(phone) - FIRST_PHONE;
}

export function openNumbers(plans: readonly NumberPlan[]): LoadNumber[] {
  return plans.map((plan) => ({ ...plan, key: createSecretKey(Buffer.from(plan.appSecret)) }));
}

export function makeContact(index: number, numbers: readonly LoadNumber[]): Contact {
  const number = numbers[index % numbers.length];
  if (number === undefined) throw new Error('a load world needs a number');
  const phone = String(FIRST_PHONE + index);
  const language = LANGUAGE_OF[Math.floor(index / numbers.length) % 10] ?? 'en';
  const place = { block: 0, step: 0, round: 0 };
  return { index, phone, userId: `IN.${phone}`, number, language, place, turn: undefined, lastWamid: '' };
}
