/** The phones of those who let people in, each for one resource or for all: what they scan or type counts as done at that place. */
import { asciiDigits } from '@hazir/language';
import { z } from 'zod';
import type { DataReader } from '../data/source.ts';
import { readTable, reportRepeats } from '../data/table.ts';

/** The code of the resource by the digits of a phone; "" for all of them. */
export type Desks = ReadonlyMap<string, string>;

const columns = z.object({
  phone: z.string().regex(/^\+[\d ]{6,20}$/, { error: 'must be a phone number like +91 99900 00003' }),
  /** Empty: every place. */
  resource: z.string().max(64).default(''),
});

/** Reads a pack's desks; none where it names no file. */
export function readDesks(reader: DataReader, file: string | undefined): Desks {
  if (file === undefined) return new Map();
  const rows = readTable(reader, { file, columns, texts: {} });
  reportRepeats(
    reader,
    file,
    rows.map(({ line, values }) => ({ line, key: digitsOf(values.phone) })),
  );
  return new Map(rows.map(({ values }) => [digitsOf(values.phone), values.resource]));
}

/** The resource that a phone lets people in at; undefined when it is no desk's. */
export function deskOf(desks: Desks, phone: string | undefined): string | undefined {
  return phone === undefined ? undefined : desks.get(digitsOf(phone));
}

function digitsOf(phone: string): string {
  return asciiDigits(phone).replace(/\D/g, '');
}
