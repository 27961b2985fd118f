/** What codes of other systems say, as the verifier shows it. */

/** EU Digital COVID Certificate; MOSIP claim 169; data packed by PixelPass, unsigned; Co-WIN's certificates and others by DIVOC. */
export const FOREIGN_KINDS = ['dcc', 'claim169', 'pixelpass', 'divoc'] as const;

export type ForeignKind = (typeof FOREIGN_KINDS)[number];

/** Fields that have a label in every language of the verifier. */
export const FOREIGN_FIELDS = [
  'name',
  'birthDate',
  'age',
  'gender',
  'nationality',
  'guardian',
  'address',
  'idNumber',
  'vaccine',
  'dose',
  'date',
  'test',
  'result',
  'recoveredFrom',
  'facility',
  'country',
  'authority',
  'certificate',
] as const;

export type ForeignField = (typeof FOREIGN_FIELDS)[number];

export interface ForeignDocument {
  kind: ForeignKind;
  /** A known field, or, of data without a fixed shape, the name that it has there. */
  fields: { name: ForeignField | { own: string }; value: string }[];
  /** Unix seconds; undefined where the code does not say. */
  issuedAt: number | undefined;
  expiresAt: number | undefined;
  /** By language; undefined while nobody whom we know has signed it. */
  issuer: Readonly<Record<string, string>> | undefined;
}

const MOST_VALUE = 300;

/** A field where the value is a text or a number; nothing for anything else. */
export function field(name: ForeignField, value: unknown): ForeignDocument['fields'] {
  const text = textOf(value);
  return text === undefined ? [] : [{ name, value: text }];
}

/** A short text of a scalar; undefined for what is empty or no scalar. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text.slice(0, MOST_VALUE);
}
