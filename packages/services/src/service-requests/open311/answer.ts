/** Answers requests of GeoReport v2: finds the jurisdiction, admits the client, and writes what comes of it in the format asked for. */
import { HazirError } from '@hazir/core';
import type { Database } from '@hazir/store';
import { createAdmittance, need } from './admit.ts';
import { discovery } from './discovery.ts';
import { chooseJurisdiction, type Jurisdiction } from './jurisdiction.ts';
import { postRequest, tokenAnswer } from './post-request.ts';
import { postUpdate } from './post-update.ts';
import { type Address, formatOf, readAddress } from './protocol/address.ts';
import { type Arguments, readArguments } from './protocol/arguments.ts';
import { lastDays, readFilter, readRange } from './protocol/filter.ts';
import { badRequest, errorDocument, notFound, statusOf } from './protocol/refusal.ts';
import { type Document, MIME_TYPES, render } from './protocol/render.ts';
import { findRequests } from './read-requests.ts';
import { findUpdates, updateList } from './read-updates.ts';
import { requestList } from './request-card.ts';
import { serviceDefinition, serviceList } from './services.ts';

export interface Open311Deps {
  database: Database;
  jurisdictions: () => readonly Jurisdiction[];
  /** Of the endpoint, as the outside reaches it: https://…/open311/v2 */
  url: string;
  type: 'production' | 'test';
  /** Milliseconds since 1970. */
  now: () => number;
  random: () => number;
  /** Told of what is a fault of ours. */
  failed: (error: unknown) => void;
}

export interface Open311Request {
  method: 'GET' | 'POST';
  /** What follows /open311. */
  path: string;
  query: URLSearchParams;
  /** The body of a POST; undefined when it is no form. */
  form?: URLSearchParams | undefined;
  idempotencyKey?: string | undefined;
  /** BCP-47, best first. */
  languages: readonly string[];
}

export interface Open311Answer {
  status: number;
  contentType: string;
  body: string;
}

export type AnswerOpen311 = (request: Open311Request) => Promise<Open311Answer>;

/** Never throws: what goes wrong is an answer too. */
export function createOpen311(deps: Open311Deps): AnswerOpen311 {
  const admittance = createAdmittance(deps.now);
  const startedAt = new Date(deps.now());
  return async (request) => {
    const format = formatOf(request.path);
    const write = (status: number, document: Document): Open311Answer => ({
      ...{ status, contentType: `${MIME_TYPES[format]}; charset=utf-8`, body: render(document, format) },
    });
    try {
      const address = readAddress(request.path) ?? notFound('There is nothing at this address. Formats are xml and json.');
      if (address.resource === 'discovery')
        return write(200, discovery({ ...deps, jurisdictions: deps.jurisdictions(), changedAt: startedAt }));
      const given = readArguments(request.query, ...formOf(request));
      const jurisdiction = chooseJurisdiction(deps.jurisdictions(), given);
      const key = await admittance.keyOf(deps.database, jurisdiction.organizationId, given);
      return write(200, await answerOne(deps, { request, address, given, jurisdiction, key }));
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined) deps.failed(error);
      const told =
        error instanceof HazirError && status !== undefined ? error.message : 'The server failed. Please try again later.';
      return write(status ?? 500, errorDocument(status ?? 500, told));
    }
  };
}

function formOf({ method, form }: Open311Request): URLSearchParams[] {
  if (method === 'GET') return [];
  return [form ?? badRequest('The body must be application/x-www-form-urlencoded.')];
}

interface Admitted {
  request: Open311Request;
  address: Address;
  given: Arguments;
  jurisdiction: Jurisdiction;
  key: Awaited<ReturnType<ReturnType<typeof createAdmittance>['keyOf']>>;
}

async function answerOne(deps: Open311Deps, admitted: Admitted): Promise<Document> {
  return admitted.request.method === 'POST' ? take(deps, admitted) : show(deps, admitted);
}

async function take({ database, now, random }: Open311Deps, admitted: Admitted): Promise<Document> {
  const { address, request, given, jurisdiction, key } = admitted;
  const { idempotencyKey } = request;
  const posting = { jurisdiction, given, now: new Date(now()), random, idempotencyKey };
  if (address.resource === 'servicerequestupdates')
    return database.transaction((tx) => postUpdate(tx, { ...posting, key: need(key, 'updates') }));
  if (address.resource !== 'requests' || address.id !== undefined) return badRequest('Nothing is posted to this address.');
  return database.transaction((tx) => postRequest(tx, { ...posting, key: need(key, 'requests') }));
}

async function show({ database, now }: Open311Deps, { address, request, given, jurisdiction, key }: Admitted): Promise<Document> {
  const { desk, organizationId } = jurisdiction;
  const { resource, id } = address;
  const language = request.languages.find((tag) => desk.languages.includes(tag)) ?? desk.defaultLanguage;
  const details = key?.scopes.includes('details') === true;
  if (resource === 'services') return id === undefined ? serviceList(desk, language) : serviceDefinition(desk, id, language);
  if (resource === 'servicerequestupdates') {
    const range = readRange(given, ['start_date', 'end_date'], new Date(now())) ?? lastDays(new Date(now()));
    return updateList(await findUpdates(database, organizationId, { range, references: given.list('service_request_id') }), {
      desk,
      details,
    });
  }
  if (resource === 'tokens') return tokenAnswer(database, jurisdiction, id ?? '');
  const filter = readFilter(given, new Date(now()));
  const one = id === undefined ? filter : { ...filter, references: [id], limit: 1, offset: 0 };
  const found = await findRequests(database, organizationId, { filter: one, details });
  if (id !== undefined && found.length === 0) return notFound(`service_request_id ${id} was not found.`);
  return requestList(found, { desk, language, details });
}
