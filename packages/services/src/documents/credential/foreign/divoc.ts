/**
 * A certificate by DIVOC, as Co-WIN gave them: a ZIP with one file, certificate.json, that is a W3C credential. Its signature
 * is over JSON-LD made canonical; that is not checked here, so what it says is shown as nobody's word.
 */
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { type ForeignDocument, field } from './foreign-document.ts';

export const ZIP_START = 'PK\u0003\u0004';

const FILE = 'certificate.json';
const MOST_BYTES = 65_536;
const text = z
  .union([z.string().max(300), z.number()])
  .optional()
  .catch(undefined);
const credential = z.object({
  credentialSubject: z.object({ id: text, refId: text, name: text, dob: text, age: text, gender: text, nationality: text }),
  evidence: z
    .array(
      z.object({
        certificateId: text,
        vaccine: text,
        dose: text,
        totalDoses: text,
        date: text,
        facility: z.object({ name: text }).optional().catch(undefined),
      }),
    )
    .min(1)
    .max(5),
  issuanceDate: text,
});

/** What the ZIP holds; undefined for any other ZIP. */
export function readDivoc(zip: Uint8Array): { fields: ForeignDocument['fields']; issuedAt: number | undefined } | undefined {
  const read = credential.safeParse(jsonIn(zip));
  if (!read.success) return undefined;
  const { credentialSubject: person, evidence, issuanceDate } = read.data;
  const given = evidence.flatMap(({ vaccine, dose, totalDoses, date, facility, certificateId }) => [
    ...field('vaccine', vaccine),
    ...field('dose', dose === undefined ? undefined : `${dose}/${totalDoses ?? '?'}`),
    ...field('date', typeof date === 'string' ? date.slice(0, 10) : date),
    ...field('facility', facility?.name),
    ...field('certificate', certificateId),
  ]);
  const issued = Date.parse(String(issuanceDate)) / 1_000;
  return {
    fields: [
      ...field('name', person.name),
      ...field('birthDate', person.dob),
      ...field('age', person.age),
      ...field('gender', person.gender),
      ...field('nationality', person.nationality),
      ...field('idNumber', person.id),
      ...given,
    ],
    issuedAt: Number.isFinite(issued) ? Math.floor(issued) : undefined,
  };
}

function jsonIn(zip: Uint8Array): unknown {
  const names: string[] = [];
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        return name === FILE && originalSize <= MOST_BYTES;
      },
    });
    const bytes = files[FILE];
    if (names.length !== 1 || bytes === undefined || bytes.length > MOST_BYTES) return undefined;
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
