/** What flows may ask of documents: issue one to the citizen, list the citizen's own, give one as a credential, check a code. */
import { derivedId, type Operation, type OperationContext } from '@hazir/store';
import { z } from 'zod';
import { textIn } from '../data/localized.ts';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { writeCredential } from './credential-jwt.ts';
import { type Draft, issueDocument } from './issue.ts';
import { type IssuerFacts, keepIssuer } from './issuer.ts';
import { activeKey } from './keys.ts';
import { MOST_FIELD } from './officer.ts';
import { unprintableIn } from './print/fonts.ts';
import { PDF } from './print/make-file.ts';
import { findByNumber, listOwn, type NewDocument, readDocument } from './records.ts';
import type { DocumentTemplate } from './templates.ts';
import { verifyOperations } from './verify-operations.ts';

export interface DocumentDesk {
  facts: IssuerFacts;
  templates: ReadonlyMap<string, DocumentTemplate>;
  defaultLanguage: string;
}

const badInput = 'documents:bad-input';
const MOST_LISTED = 10;
const DAY = 86_400_000;

const issued = z.object({
  number: z.string().describe('As people read it: 4821-9374-0167.'),
  name: z.string().describe("Name of the document in the citizen's language."),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  code: z.string().describe('The text of its QR code.'),
  file: z.object({ made: z.string(), mimeType: z.string() }).describe('Its PDF, for `media` of `say`: printed when it is sent.'),
  fileName: z.string().describe('Under which the PDF is shown.'),
});

export function documentOperations(desk: DocumentDesk): Operation[] {
  return [issueOperation(desk), listOperation(desk), credentialOperation(desk), ...verifyOperations(desk)];
}

function issueOperation(desk: DocumentDesk): Operation {
  return defineOperation({
    name: 'documents.issue',
    summary: 'Signs a document for the citizen and returns its number and QR code.',
    input: z.object({
      template: z.string().max(30),
      fields: z.record(z.string().max(30), z.string().trim().min(1).max(MOST_FIELD)).describe('Every field of the template.'),
      once: z.string().max(200).optional().describe('What it is for: asked for again, the citizen gets the same document.'),
    }),
    output: issued,
    badInput,
    run: async ({ template, fields, once }, context) => {
      const found = desk.templates.get(template);
      if (found === undefined) return failed('documents:unknown-template', 'No template has this code.');
      const ordered = inOrder(found, fields);
      if (ordered === undefined) return failed('documents:bad-field', 'The fields are not those of the template.');
      if (!isPrintable(ordered)) return failed('documents:unprintable', 'A field has a character that cannot be printed.');
      const draft = draftOf(found, ordered, context);
      const id = once === undefined ? draft.id : derivedId(draft.contactId, `document/${template}/${once}`);
      return issueOnce(desk, { ...draft, id }, context);
    },
  });
}

async function issueOnce(
  desk: DocumentDesk,
  draft: Draft,
  { tx, random, subject }: OperationContext,
): Promise<Outcome<z.output<typeof issued>>> {
  const earlier = await readDocument(tx, draft);
  const newest = earlier && (await findByNumber(tx, draft.organizationId, { number: earlier.number }));
  if (newest !== undefined)
    return newest.revokedAt === null
      ? done(tell(desk, newest, subject.language))
      : failed('documents:revoked', 'The document was taken back.');
  await keepIssuer(tx, draft.organizationId, desk.facts);
  const document = await issueDocument(tx, draft, { url: desk.facts.url, random });
  if (document === undefined) return failed('documents:too-long', 'The document does not fit into a QR code.');
  return done(tell(desk, document, subject.language));
}

function listOperation(desk: DocumentDesk): Operation {
  return defineOperation({
    name: 'documents.mine',
    summary: "Lists the citizen's documents that count, the latest first.",
    input: z.object({ template: z.string().max(30).optional().describe('Only those of this template.') }),
    output: z.object({ documents: z.array(issued) }),
    badInput,
    run: async ({ template }, { tx, subject }) => {
      const rows = await listOwn(tx, { ...subject, template, limit: MOST_LISTED });
      return done({ documents: rows.map((row) => tell(desk, row, subject.language)) });
    },
  });
}

function credentialOperation({ facts }: DocumentDesk): Operation {
  return defineOperation({
    name: 'documents.credential',
    summary: "Gives one of the citizen's documents as a W3C Verifiable Credential for a wallet.",
    input: z.object({ number: z.string().max(40) }),
    output: z.object({ credential: z.string() }),
    badInput,
    run: async ({ number }, { tx, subject, now }) => {
      const found = await findByNumber(tx, subject.organizationId, { number });
      if (found === undefined || found.contactId !== subject.contactId || found.revokedAt !== null)
        return failed('documents:not-found', 'The citizen has no document with this number.');
      const key = await activeKey(tx, subject.organizationId, now);
      return done({ credential: await writeCredential(found, { url: facts.url, key }) });
    },
  });
}

function isPrintable(fields: Record<string, string>): boolean {
  return Object.values(fields).every((value) => unprintableIn(value) === undefined);
}

/** The fields in the order of the template; undefined when one is missing or none of it. */
function inOrder({ fields }: DocumentTemplate, given: Record<string, string>): Record<string, string> | undefined {
  const names = fields.map(({ name }) => name);
  const isSame = names.length === Object.keys(given).length && names.every((name) => Object.hasOwn(given, name));
  return isSame ? Object.fromEntries(names.map((name) => [name, given[name] ?? ''])) : undefined;
}

function draftOf(
  { code, validDays }: DocumentTemplate,
  fields: Record<string, string>,
  { subject, now, newId }: OperationContext,
): Draft {
  const { organizationId, contactId, language } = subject;
  const expiresAt = validDays === undefined ? null : new Date(now.getTime() + validDays * DAY);
  return { organizationId, contactId, id: newId(), version: 1, template: code, language, fields, issuedAt: now, expiresAt };
}

function tell({ templates, defaultLanguage }: DocumentDesk, document: NewDocument, language: string): z.output<typeof issued> {
  const { id, number, template, issuedAt, expiresAt, code } = document;
  const names = templates.get(template)?.name ?? {};
  const name = textIn(new Map(Object.entries(names)), language, defaultLanguage) || template;
  return {
    number,
    name,
    file: { made: `documents/${id}`, mimeType: PDF },
    fileName: `${name} ${number}.pdf`,
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    code,
  };
}
