/** The EU Digital COVID Certificate ("HC1:"), schema 1.3: a vaccination, a test or a recovery. Facts of the tables: eHealth Network, value sets, 2022. */
import { z } from 'zod';
import { type ForeignDocument, field } from './foreign-document.ts';

export const DCC_PREFIX = 'HC1:';

const CLAIM = { certificates: -260, first: 1 } as const;
const text = z.string().max(300).optional();
const person = z.object({ fn: text, gn: text, fnt: text, gnt: text });
const event = z.record(z.string(), z.unknown());
const certificate = z.object({
  nam: person,
  dob: text,
  v: z.array(event).max(3).optional(),
  t: z.array(event).max(3).optional(),
  r: z.array(event).max(3).optional(),
});

const VACCINES: Readonly<Record<string, string>> = {
  'EU/1/20/1528': 'Comirnaty',
  'EU/1/20/1507': 'Spikevax',
  'EU/1/21/1529': 'Vaxzevria',
  'EU/1/20/1525': 'Jcovden',
  'EU/1/21/1618': 'Nuvaxovid',
  Covishield: 'Covishield',
  BBIBP_CorV: 'BBIBP-CorV',
  BBV152_Covaxin: 'Covaxin',
};
const RESULTS: Readonly<Record<string, string>> = { '260415000': 'not detected', '260373001': 'detected' };

/** The certificate in a web token's claims; undefined when there is none. */
export function readDcc(claims: ReadonlyMap<unknown, unknown>): ForeignDocument['fields'] | undefined {
  const all = claims.get(CLAIM.certificates);
  const first: unknown = all instanceof Map ? all.get(CLAIM.first) : undefined;
  const read = certificate.safeParse(plain(first));
  if (!read.success) return undefined;
  const { nam, dob, v = [], t = [], r = [] } = read.data;
  const name = [nam.gn ?? nam.gnt, nam.fn ?? nam.fnt].filter((part) => part !== undefined && part !== '').join(' ');
  const events = [...v.map(vaccination), ...t.map(test), ...r.map(recovery)];
  return events.length === 0 ? undefined : [...field('name', name), ...field('birthDate', dob), ...events.flat()];
}

function vaccination(given: Record<string, unknown>): ForeignDocument['fields'] {
  const vaccine = VACCINES[String(given.mp)] ?? given.mp;
  const dose = given.dn === undefined ? undefined : `${String(given.dn)}/${String(given.sd ?? '?')}`;
  return [...field('vaccine', vaccine), ...field('dose', dose), ...field('date', given.dt), ...issued(given)];
}

function test(taken: Record<string, unknown>): ForeignDocument['fields'] {
  const result = RESULTS[String(taken.tr)] ?? taken.tr;
  const made = [...field('test', taken.nm ?? taken.ma ?? taken.tt), ...field('result', result)];
  return [...made, ...field('date', taken.sc), ...field('facility', taken.tc), ...issued(taken)];
}

function recovery(past: Record<string, unknown>): ForeignDocument['fields'] {
  return [...field('recoveredFrom', past.fr), ...issued(past)];
}

function issued(event: Record<string, unknown>): ForeignDocument['fields'] {
  return [...field('country', event.co), ...field('authority', event.is), ...field('certificate', event.ci)];
}

/** Maps with texts as keys become objects, to any depth that the reader allowed. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
