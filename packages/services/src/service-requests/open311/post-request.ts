/**
 * POST requests: a client reports for a person, who stays unknown to us: what the client says of them is kept beside the request
 * and told to nobody. The request itself is opened by the same operation that citizens use.
 */
import { type JsonObject, textProperty } from '@hazir/core';
import { derivedId, freshId, type OperationContext, type Tx, timedId } from '@hazir/store';
import { checkAttributes } from './check-attributes.ts';
import { serviceOf } from './desk.ts';
import type { Jurisdiction } from './jurisdiction.ts';
import type { Open311Key } from './keys.ts';
import type { Arguments } from './protocol/arguments.ts';
import { readPlace } from './protocol/filter.ts';
import { badRequest, notFound } from './protocol/refusal.ts';
import type { Document } from './protocol/render.ts';

export interface Posting {
  jurisdiction: Jurisdiction;
  key: Open311Key;
  given: Arguments;
  now: Date;
  random: () => number;
  /** Names the attempt: with the same one again, the request of the first time is told. */
  idempotencyKey: string | undefined;
}

const MOST_DESCRIPTION = 4_000;
const MOST_URL = 2_000;
/** What is kept of the person who reports, with its longest length. */
const REPORTER = { device_id: 200, account_id: 200, email: 320, first_name: 200, last_name: 200, phone: 40, address_id: 200 };

/** Opens a request, inside one transaction. Refuses what is incomplete, unknown or outside the jurisdiction. */
export async function postRequest(tx: Tx, posting: Posting): Promise<Document> {
  const { jurisdiction, given } = posting;
  const code = given.text('service_code', 40) ?? badRequest('service_code was not provided.');
  const category = serviceOf(jurisdiction.desk, code);
  const attributes = checkAttributes(category, given.attributes);
  const kept: Reporter = { ...reporterOf(given), media_url: readUrl(given) };
  const token = tokenOf(posting);
  const context = contextOf(tx, posting, { token, reporter: kept });
  const place = await readWhere(posting, context);
  const description = given.text('description', MOST_DESCRIPTION) ?? '';
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`open311 ${token}`]);
  const reference =
    (await referenceOf(tx, jurisdiction.organizationId, token)) ??
    (await open(posting, context, { ...place, category: code, description, attributes }));
  await keep(tx, posting, { reference, token, attributes, kept });
  const told = jurisdiction.desk.open311.batch.includes(code) ? { token } : { service_request_id: reference };
  const body = [{ ...told, service_notice: null, account_id: kept.account_id ?? null }];
  return { root: 'service_requests', body };
}

/** GET tokens: the request that a token was given for. */
export async function tokenAnswer(tx: Tx, { organizationId }: Jurisdiction, token: string): Promise<Document> {
  const reference = /^[0-9a-f-]{36}$/i.test(token) ? await referenceOf(tx, organizationId, token) : undefined;
  if (reference === undefined) return notFound('token was not found.');
  return { root: 'service_requests', body: [{ service_request_id: reference, token }] };
}

async function referenceOf(tx: Tx, organizationId: number, token: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ reference: string }>(
    `select r.reference from open311_requests o join service_requests r
        on r.organization_id = o.organization_id and r.contact_id = o.contact_id and r.id = o.request_id
      where o.organization_id = $1 and o.token::text = lower($2)`,
    [organizationId, token],
  );
  return rows[0]?.reference;
}

type Reporter = Readonly<Record<string, string | undefined>>;

function reporterOf(given: Arguments): Reporter {
  return Object.fromEntries(Object.entries(REPORTER).map(([name, most]) => [name, given.text(name, most)]));
}

function readUrl(given: Arguments): string | undefined {
  const text = given.text('media_url', MOST_URL);
  return text === undefined || /^https?:$/.test(URL.parse(text)?.protocol ?? '')
    ? text
    : badRequest('media_url must be an http address.');
}

function tokenOf({ jurisdiction, key, idempotencyKey, now }: Posting): string {
  if (idempotencyKey === undefined) return freshId(now.getTime());
  return timedId(0, `open311|${jurisdiction.organizationId}|${key.id}|${idempotencyKey}`);
}

/** Whoever reports is a contact of their own for each client: nobody can report in the name of a citizen whom we know. */
function contextOf(
  tx: Tx,
  { jurisdiction, key, now, random }: Posting,
  { token, reporter }: { token: string; reporter: Reporter },
): OperationContext {
  const { organizationId, desk } = jurisdiction;
  const who =
    ['account_id', 'device_id', 'email', 'phone'].map((name) => reporter[name]).find((value) => value !== undefined) ?? token;
  const contactId = timedId(0, `open311|${organizationId}|${key.id}|${who}`);
  const subject = { organizationId, contactId, conversationId: `${contactId}/open311`, language: desk.defaultLanguage };
  const seed = timedId(now.getTime(), token);
  let ids = 0;
  return { tx, subject, now, random, newId: () => derivedId(seed, ids++) };
}

/** The place in the operation's words, and the area that it lies in. */
async function readWhere({ jurisdiction, given }: Posting, context: OperationContext): Promise<JsonObject> {
  const point = readPlace(given);
  const address = given.text('address_string') ?? given.text('address_id');
  if (point === undefined) {
    return { place: { address: address ?? badRequest('One of lat and long, address_string or address_id is needed.') } };
  }
  const place = { ...point, ...(address !== undefined && { address }) };
  const areas = await jurisdiction.operations.get('directory.areasAt')?.run({ place }, context);
  if (areas === undefined || !areas.ok || !Array.isArray(areas.value)) return { place };
  const [area] = areas.value;
  if (area === undefined) return badRequest('lat and long are outside this jurisdiction.');
  return { place, area: textProperty(area, 'code') ?? null };
}

async function open({ jurisdiction }: Posting, context: OperationContext, input: JsonObject): Promise<string> {
  const opened = await jurisdiction.operations.get('serviceRequests.open')?.run(input, context);
  const reference = opened?.ok === true ? textProperty(opened.value, 'reference') : undefined;
  return reference ?? badRequest('The request cannot be taken.');
}

async function keep(
  tx: Tx,
  { jurisdiction: { organizationId }, key }: Posting,
  { reference, token, attributes, kept }: { reference: string; token: string; attributes: JsonObject; kept: Reporter },
): Promise<void> {
  const { device_id, account_id, email, first_name, last_name, phone, address_id, media_url } = kept;
  await tx.query(
    `insert into open311_requests (organization_id, contact_id, request_id, token, key_id, device_id, account_id, email, first_name, last_name,
       phone, address_id, media_url, attributes)
     select organization_id, contact_id, request_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
       from service_request_references where organization_id = $1 and reference = $2 on conflict do nothing`,
    [
      ...[organizationId, reference, token, key.id, device_id, account_id, email, first_name, last_name],
      ...[phone, address_id, media_url, attributes],
    ],
  );
}
