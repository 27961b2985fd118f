/**
 * Who may come to a session, as data: age, dose, residence, allowances. A year of birth is all that is known of an age, so
 * somebody counts as old as they become in the year of the session.
 */
import { asciiDigits } from '@hazir/language';
import { z } from 'zod';
import { failed } from '../define-operation.ts';

export const person = z
  .object({
    id: z.string().min(1).max(64).default('self').describe('The flow\'s name of a person of the household; "self" when absent.'),
    birthYear: z.number().int().nullish(),
    dose: z.number().int().min(1).max(99).nullish().describe('Which dose it is for.'),
    pin: z.string().max(40).nullish().describe('PIN code of the residence.'),
    district: z.string().max(100).nullish().describe('District of the residence.'),
    classes: z
      .array(z.string().max(40))
      .max(20)
      .default([])
      .describe('Classes that the person belongs to, for example "pregnant".'),
  })
  .default({ id: 'self', classes: [] });

export type Person = z.output<typeof person>;

/** What a session asks for; an empty list asks for nothing. */
export interface Eligibility {
  date: string;
  min_age: number | null;
  max_age: number | null;
  doses: number[];
  residence: string[];
  allowances: string[];
}

const OLDEST = 130;

/** Why a person may not come; undefined when they may. */
export function refuse(who: Person, session: Eligibility): ReturnType<typeof failed> | undefined {
  return refuseAge(who, session) ?? refuseDose(who, session) ?? refuseResidence(who, session) ?? refuseClass(who, session);
}

/** True when the seats are for this person: for anybody, for their dose, or for a class of theirs. */
export function isOfClass({ dose, classes }: Person, wanted: string): boolean {
  return wanted === '' || wanted === `dose-${dose}` || classes.includes(wanted);
}

function refuseAge({ birthYear }: Person, { date, min_age, max_age }: Eligibility): ReturnType<typeof failed> | undefined {
  const year = Number(date.slice(0, 4));
  if (birthYear != null && (birthYear > year || birthYear < year - OLDEST))
    return failed('appointments:bad-birth-year', 'Nobody who comes was born in this year.');
  if (min_age === null && max_age === null) return undefined;
  if (birthYear == null) return failed('appointments:needs-birth-year', 'The session asks for the age.');
  const age = year - birthYear;
  if (min_age !== null && age < min_age) return failed('appointments:too-young', 'The session is for older people.');
  return max_age !== null && age > max_age ? failed('appointments:too-old', 'The session is for younger people.') : undefined;
}

function refuseDose({ dose }: Person, { doses }: Eligibility): ReturnType<typeof failed> | undefined {
  if (doses.length === 0 || (dose != null && doses.includes(dose))) return undefined;
  return dose == null
    ? failed('appointments:needs-dose', 'The session asks which dose it is.')
    : failed('appointments:other-dose', 'The session is for another dose.');
}

function refuseResidence({ pin, district }: Person, { residence }: Eligibility): ReturnType<typeof failed> | undefined {
  if (residence.length === 0) return undefined;
  if (pin == null && district == null) return failed('appointments:needs-residence', 'The session asks for the residence.');
  const home = [plainPin(pin ?? ''), folded(district ?? '')].filter((part) => part !== '');
  return residence.some((one) => home.includes(folded(one)))
    ? undefined
    : failed('appointments:other-residence', 'The session is for residents of other places.');
}

function refuseClass({ classes }: Person, { allowances }: Eligibility): ReturnType<typeof failed> | undefined {
  if (allowances.length === 0 || allowances.some((one) => classes.includes(one))) return undefined;
  return failed('appointments:not-allowed', 'The session is for certain people only.');
}

/** A PIN code as typed in six ASCII digits. */
export function plainPin(pin: string): string {
  return asciiDigits(pin).replace(/\D/g, '');
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
