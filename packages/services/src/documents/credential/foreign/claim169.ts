/** Identity data in a web token by MOSIP's claim 169, version 1.1.0: its attributes are numbers. Pictures and fingers are left out. */
import { type ForeignDocument, field, textOf } from './foreign-document.ts';

const CLAIM = 169;
const ATTRIBUTE = {
  id: 1,
  fullName: 4,
  firstName: 5,
  middleName: 6,
  lastName: 7,
  birthDate: 8,
  gender: 9,
  address: 10,
  nationality: 13,
  guardian: 15,
} as const;
const GENDERS: Readonly<Record<string, string>> = { 1: 'M', 2: 'F', 3: 'X' };

/** The person in a web token's claims; undefined when there is none. */
export function readClaim169(claims: ReadonlyMap<unknown, unknown>): ForeignDocument['fields'] | undefined {
  const person = claims.get(CLAIM);
  if (!(person instanceof Map) || person.size === 0) return undefined;
  const of = (name: keyof typeof ATTRIBUTE): unknown => person.get(ATTRIBUTE[name]);
  const parts = [of('firstName'), of('middleName'), of('lastName')].flatMap((part) => textOf(part) ?? []);
  return [
    ...field('name', of('fullName') ?? parts.join(' ')),
    ...field('birthDate', dateOf(of('birthDate'))),
    ...field('gender', GENDERS[String(of('gender'))] ?? of('gender')),
    ...field('nationality', of('nationality')),
    ...field('guardian', of('guardian')),
    ...field('address', addressOf(of('address'))),
    ...field('idNumber', of('id')),
  ];
}

/** 19880102, or as it was written. */
function dateOf(value: unknown): unknown {
  const digits = textOf(value) ?? '';
  return /^\d{8}$/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : value;
}

function addressOf(value: unknown): unknown {
  return textOf(value)?.replaceAll('\n', ', ') ?? value;
}
