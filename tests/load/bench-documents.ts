/**
 * `npm run bench:documents`: what a document costs. Processor time of one certificate from its record to its file: credential signed,
 * code drawn, page set, PDF/A written, each with words and a code of its own, on a Typst that is warm. As machines differ, also as a
 * multiple of what the same machine takes to hash a megabyte.
 */
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { packBytes } from '../../packages/services/src/documents/credential/packing.ts';
import { writeCredential } from '../../packages/services/src/documents/credential-jwt.ts';
import { pageOf } from '../../packages/services/src/documents/print/page.ts';
import certificates from '../../packages/services/src/documents/print/testdata/certificates.json' with { type: 'json' };
import { openPress, ownLayout } from '../../packages/services/src/documents/print/typst.ts';

/** Bytes of a signed message of a usual certificate. */
const SIGNED_BYTES = 330;
const WARM_UP = 50;
const URL = 'https://assist.example.gov.in/verify/mygov';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '500' }, json: { type: 'boolean', default: false } },
});
const press = openPress();
const layout = ownLayout('certificate.typ');
const key = { kid: 'bench', privateKey: generateKeyPairSync('ed25519').privateKey };
const megabyte = randomBytes(1_048_576);

const documents: number[] = [];
const hashes: number[] = [];
for (let index = 0; index < Number(values.count) + WARM_UP; index += 1) {
  const code = packBytes(randomBytes(SIGNED_BYTES));
  const document = await cpuMs(() => makeDocument(index, code));
  const hash = await cpuMs(async () => void createHash('sha256').update(megabyte).digest());
  if (index >= WARM_UP) {
    documents.push(document);
    hashes.push(hash);
  }
}
const cpu = at(documents, 0.5);
const figures = {
  documents: documents.length,
  cpuMsMedian: round(cpu),
  cpuMsP95: round(at(documents, 0.95)),
  ratio: round(cpu / at(hashes, 0.5)),
  rssMb: Math.round(process.memoryUsage.rss() / 1_048_576),
};
console.log(values.json ? JSON.stringify(figures) : figures);

async function makeDocument(index: number, code: string): Promise<void> {
  const sample = certificates[index % certificates.length];
  if (sample === undefined) throw new Error('there are samples');
  const { language, title, issuer, statement } = sample;
  const issuedAt = new Date(1_795_000_000_000 + index * 60_000);
  const fields = Object.fromEntries(sample.fields.map(([, value], place) => [`f${place}`, `${value} ${index}`]));
  const document = {
    ...{ organizationId: 1, contactId: randomUUID(), id: randomUUID(), version: 1, template: 'vaccination', language, fields },
    ...{ number: String(index).padStart(12, '0'), issuedAt, expiresAt: null, kid: 'bench', statusIndex: index },
    code,
  };
  const labels = sample.fields.map(([label = ''], place) => ({
    ...{ name: `f${place}`, label: { [language]: label }, correctable: false },
  }));
  const texts = { statement: { [language]: statement } };
  const credential = await writeCredential(document, { url: URL, key });
  const page = pageOf(document, credential, {
    facts: { url: URL, name: { [language]: issuer }, types: {} },
    template: { code: 'vaccination', name: { [language]: title }, fields: labels, texts },
    ...{ layout, defaultLanguage: 'en', timeZone: 'Asia/Kolkata' },
  });
  const printed = press.print(page);
  if ('wrong' in printed) throw new Error(printed.wrong);
}

/** Of all threads. */
async function cpuMs(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function at(figures: readonly number[], share: number): number {
  return [...figures].sort((one, other) => one - other)[Math.floor(figures.length * share)] ?? 0;
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
