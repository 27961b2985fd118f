/** An issuer as DigiLocker asks it (Issuer APIs 3.0.0): XML, and an HMAC of the body without which nothing is answered. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { demoIssuerKey } from '../demo-systems.ts';
import { DOCUMENTS, type IssuedDocument } from './documents.ts';
import { plainPdf } from './plain-pdf.ts';

const settings = { ignoreAttributes: false, attributeNamePrefix: '@' };
const parser = new XMLParser({ ...settings, parseTagValue: false, parseAttributeValue: false });
const builder = new XMLBuilder(settings);

const requestSchema = z.object({
  '@ts': z.string().max(40),
  '@txn': z.string().max(80),
  DocDetails: z.object({
    ...{ DocType: z.string().max(20).optional(), URI: z.string().max(120).optional(), FullName: z.string().max(100).optional() },
    ...{ DOB: z.string().max(10).optional(), UDF1: z.string().max(40).optional() },
  }),
});

type Request = z.output<typeof requestSchema>;
const MOST_BYTES = 20_000;

export function digilockerIssuer(_now: () => number): Hono {
  const app = new Hono();
  app.post('/pull-uri', (c) =>
    answer(c, 'PullURI', ({ DocDetails: { DocType, UDF1, FullName } }) =>
      DOCUMENTS.find(({ type, number, owner }) => type === DocType && number === UDF1 && same(owner, FullName ?? '')),
    ),
  );
  app.post('/pull-doc', (c) => answer(c, 'PullDoc', ({ DocDetails: { URI } }) => DOCUMENTS.find(({ uri }) => uri === URI)));
  return app;
}

async function answer(c: Context, name: string, find: (request: Request) => IssuedDocument | undefined): Promise<Response> {
  const text = await c.req.text();
  if (text.length > MOST_BYTES) return c.text('too large', 413);
  if (!isSigned(text, c.req.header('x-digilocker-hmac') ?? '')) return c.text('Unauthorized', 401);
  const parsed = requestSchema.safeParse(parser.parse(text)[`${name}Request`]);
  if (!parsed.success) return c.text('Bad request', 400);
  const document = find(parsed.data);
  const status = { '@Status': document === undefined ? '0' : '1', '@ts': parsed.data['@ts'], '@txn': parsed.data['@txn'] };
  const details = document === undefined ? {} : detailsOf(document, name === 'PullDoc');
  const xml: string = builder.build({ [`${name}Response`]: { ResponseStatus: status, DocDetails: details } });
  return c.body(xml, 200, { 'content-type': 'application/xml' });
}

function detailsOf({ uri, type, title, owner, born }: IssuedDocument, whole: boolean): object {
  const facts = { URI: uri, DocType: type, FullName: owner, DOB: born };
  return whole ? { ...facts, DocContent: plainPdf(`${title} (synthetic) - ${owner} - ${uri}`).toString('base64') } : facts;
}

function isSigned(body: string, given: string): boolean {
  const expected = createHmac('sha256', demoIssuerKey).update(body).digest();
  const bytes = Buffer.from(given, 'base64');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

function same(a: string, b: string): boolean {
  const plain = (text: string) => text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
  return plain(a) === plain(b);
}
