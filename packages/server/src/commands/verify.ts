import { readFile, stat } from 'node:fs/promises';
import { HazirError } from '@hazir/core';
import {
  type ForeignDocument,
  isPicture,
  labelOf,
  type PublishedTrust,
  publishedTrust,
  publishTrust,
  readPicture,
  readTrust,
  type Verdict,
  verifyDocument,
} from '@hazir/services';
import type { Command } from 'commander';
import { print, printJson } from './output.ts';
import { withDatabase } from './with-database.ts';

const MOST_BYTES = 20_000_000;
const SENTENCES: Readonly<Record<Verdict['verdict'], string>> = {
  valid: 'Valid: signed by the issuer, and nothing was changed.',
  expired: 'Expired: signed by the issuer, but its time is over.',
  revoked: 'Revoked: the issuer has taken it back.',
  altered: 'Altered: this is not what an issuer has signed, or the code was read badly.',
  unknown_issuer: 'Unknown issuer: nobody whom this server knows has signed it.',
  unsigned: 'Not signed: anybody could have made it.',
  unreadable: 'No document: there is no code of a document in it.',
};

export function addVerifyCommand(program: Command): void {
  program
    .command('verify <file>')
    .description('says what a document is worth: a picture of its QR code (PNG, JPEG), or the text of the code')
    .option('--trust <file>', 'what another server publishes about its issuers; this server knows its own')
    .option('--json', 'print as JSON')
    .action(verify);
}

async function verify(file: string, { trust: trustFile, json }: { trust?: string; json?: boolean }): Promise<void> {
  const text = codeIn(await readSmall(file));
  const published = trustFile === undefined ? await ownTrust() : await readPublished(trustFile);
  const found = verifyDocument(text ?? '', { trust: readTrust(published), now: Math.floor(Date.now() / 1_000) });
  if (found.verdict !== 'valid') process.exitCode = 1;
  if (json === true) printJson(tell(found));
  else printVerdict(found);
}

function codeIn(bytes: Uint8Array): string | undefined {
  if (isPicture(bytes)) return readPicture(bytes);
  // The bytes of a binary code, as readPicture gives them.
  const text = Buffer.from(bytes).toString('latin1');
  return text.startsWith('PK') ? text : text.trim();
}

async function readSmall(file: string): Promise<Uint8Array> {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
  if (size === undefined) throw new HazirError('usage:verify', `There is no file ${file}.`);
  if (size > MOST_BYTES) throw new HazirError('usage:verify', `${file} has more than ${MOST_BYTES / 1_000_000} MB.`);
  return readFile(file);
}

function ownTrust(): Promise<PublishedTrust> {
  return withDatabase((database) => publishTrust(database, new Date()));
}

async function readPublished(file: string): Promise<PublishedTrust> {
  const text = new TextDecoder().decode(await readSmall(file));
  try {
    return publishedTrust.parse(JSON.parse(text));
  } catch (cause) {
    throw new HazirError('usage:verify', `${file} is not what a server publishes about its issuers.`, { cause });
  }
}

function tell(found: Verdict): object {
  if ('foreign' in found) return { verdict: found.verdict, ...found.foreign, ...labelOf(found.foreign, 'en') };
  if (!('document' in found)) return found;
  const { verdict, document, issuer, statusAsOf } = found;
  return { verdict, issuer: issuer.name, statusAsOf: statusAsOf ?? null, document };
}

function printVerdict(found: Verdict): void {
  print(SENTENCES[found.verdict]);
  if ('foreign' in found) printForeign(found.foreign);
  if ('document' in found) printDocument(found);
}

function printDocument({ document, issuer, statusAsOf }: Extract<Verdict, { document: unknown }>): void {
  const type = issuer.types[document.type];
  print(
    `${type?.name.en ?? document.type} ${document.number}, issued by ${issuer.name.en ?? issuer.id} on ${date(document.issuedAt)}`,
  );
  for (const [name, value] of Object.entries(document.fields)) print(`  ${type?.fields[name]?.en ?? name}: ${value}`);
  if (document.expiresAt !== undefined) print(`  Valid until ${date(document.expiresAt)}`);
  print(statusAsOf === undefined ? 'Whether it was revoked is not known.' : `Revocation as of ${date(statusAsOf)}.`);
}

function printForeign(foreign: ForeignDocument): void {
  const { kind, fields } = labelOf(foreign, 'en');
  print(
    foreign.issuer === undefined ? `${kind}; this is what is written in it` : `${kind}, issued by ${foreign.issuer.en ?? ''}`,
  );
  for (const { label, value } of fields) print(`  ${label}: ${value}`);
  if (foreign.expiresAt !== undefined) print(`  Valid until ${date(foreign.expiresAt)}`);
}

/** Of Unix seconds. */
function date(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}
