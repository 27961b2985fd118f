/** What flows may ask about somebody's document: what the text of its code is worth, or a photo of it. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { textIn } from '../data/localized.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import type { ForeignDocument } from './credential/foreign/foreign-document.ts';
import { labelOf } from './credential/foreign/labels.ts';
import { type Verdict, verifyDocument } from './credential/verify-document.ts';
import { type IssuerFacts, seconds } from './issuer.ts';
import { codeIn } from './picture/code-in.ts';
import { currentTrust, forgetTrust } from './trust-kept.ts';

const badInput = 'documents:bad-input';
const day = z.iso.datetime().nullable();
const seen = z.object({
  verdict: z.enum(['valid', 'expired', 'revoked', 'altered', 'unknown_issuer', 'unsigned', 'unreadable', 'no_code']),
  issuer: z.string().nullable(),
  name: z.string().nullable().describe('Of the document.'),
  number: z.string().nullable(),
  type: z.string().nullable().describe('Code of the template, of a document of ours whose signature is right.'),
  values: z.record(z.string(), z.string()).describe('The same as fields, by the names of the template.'),
  issuedAt: day,
  expiresAt: day,
  fields: z
    .array(z.object({ label: z.string(), value: z.string() }))
    .describe('Of a code of ours only where the signature is right; of other systems what is written in it.'),
});

type Seen = z.output<typeof seen>;

interface VerifyDesk {
  facts: IssuerFacts;
  defaultLanguage: string;
}

export function verifyOperations(desk: VerifyDesk): Operation[] {
  return [textOperation(desk), pictureOperation(desk)];
}

function textOperation(desk: VerifyDesk): Operation {
  return defineOperation({
    name: 'documents.verify',
    summary: 'Says what the text of a QR code is worth, and what was signed.',
    input: z.object({ code: z.string().max(10_000) }),
    output: seen,
    badInput,
    run: async ({ code }, context) => done(await look(desk, code, context)),
  });
}

function pictureOperation(desk: VerifyDesk): Operation {
  return defineOperation({
    name: 'documents.verifyPicture',
    summary: 'Says what the QR code in a picture that the citizen has sent is worth, and what was signed.',
    input: z.object({ messageId: z.string().max(100) }),
    output: seen,
    badInput,
    later: true,
    run: async ({ messageId }, context) => {
      if (context.fileOf === undefined) throw new Error('the operation runs later');
      const found = await codeIn(await context.fileOf(messageId));
      if (found === 'bad-picture')
        return failed('documents:bad-picture', 'It is no PNG or JPEG, is damaged, or has more than 24 megapixels.');
      return done(found.code === undefined ? nothing('no_code') : await look(desk, found.code, context));
    },
  });
}

async function look(desk: VerifyDesk, code: string, { tx, now, subject }: OperationContext): Promise<Seen> {
  const judge = async () => verifyDocument(code.trim(), { trust: await currentTrust(tx, now), now: seconds(now) });
  let found = await judge();
  // Its issuer may have begun a moment ago.
  if (found.verdict === 'unknown_issuer') {
    forgetTrust();
    found = await judge();
  }
  return tell(desk, found, subject.language);
}

function nothing(verdict: Seen['verdict']): Seen {
  return { verdict, issuer: null, name: null, number: null, type: null, values: {}, issuedAt: null, expiresAt: null, fields: [] };
}

function tell({ facts, defaultLanguage }: VerifyDesk, found: Verdict, language: string): Seen {
  const inLanguage = (words: Readonly<Record<string, string>> = {}) =>
    textIn(new Map(Object.entries(words)), language, defaultLanguage);
  if ('foreign' in found) return tellForeign(found.verdict, found.foreign, { language, inLanguage });
  if (!('document' in found)) return nothing(found.verdict);
  const { document, issuer } = found;
  const type = issuer.types[document.type] ?? facts.types[document.type];
  return {
    verdict: found.verdict,
    issuer: inLanguage(issuer.name),
    name: inLanguage(type?.name) || document.type,
    number: document.number,
    type: document.type,
    values: document.fields,
    issuedAt: dateOf(document.issuedAt),
    expiresAt: document.expiresAt === undefined ? null : dateOf(document.expiresAt),
    fields: Object.entries(document.fields).map(([name, value]) => ({ label: inLanguage(type?.fields[name]) || name, value })),
  };
}

function tellForeign(
  verdict: Seen['verdict'],
  foreign: ForeignDocument,
  { language, inLanguage }: { language: string; inLanguage: (words: Readonly<Record<string, string>>) => string },
): Seen {
  const { kind, fields } = labelOf(foreign, language);
  const { issuer, issuedAt, expiresAt } = foreign;
  const moment = (at: number | undefined) => (at === undefined ? null : dateOf(at));
  return {
    ...{
      verdict,
      name: kind,
      number: null,
      type: null,
      values: {},
      fields,
      issuedAt: moment(issuedAt),
      expiresAt: moment(expiresAt),
    },
    issuer: issuer === undefined ? null : inLanguage(issuer),
  };
}

/** Of Unix seconds. */
function dateOf(at: number): string {
  return new Date(at * 1_000).toISOString();
}
