/**
 * What a response means for the message and for the account. The decision is by Meta's code, never by its words, and a
 * doubt is told as such: WhatsApp knows no idempotency key, so a request that may have been carried out is not repeated.
 */
import {
  type ChannelError,
  type HttpResponse,
  type Identity,
  type Json,
  listProperty,
  numberProperty,
  property,
  type SendOutcome,
  type StatusReported,
  textProperty,
} from '@hazir/core';
import { type ErrorAction, findError, unknownObject, unknownObjectRow } from './errors.ts';
import { contactFields, identitiesOf, readPerson } from './person.ts';
import { idProperty, parseJson } from './wire.ts';

/** Reads the response to render(), renderRead() (accepted with an empty id) and media uploads that failed. */
export function classify(response: HttpResponse | { network: string; sent: boolean }): SendOutcome {
  if ('network' in response) return networkOutcome(response);
  const body = parseJson(response.body);
  const error = property(body, 'error');
  const code = numberProperty(error, 'code');
  if (code !== undefined) return outcomeOf(code, numberProperty(error, 'error_subcode'), response);
  return response.status >= 200 && response.status < 300 ? successOutcome(body, response) : statusOutcome(response);
}

/** A failure that was reported later: the message was not delivered, so every kind of retry is safe. */
export function classifyFailure(error: NonNullable<StatusReported['error']>): SendOutcome {
  const row = findError(Number(error.code));
  if (row !== undefined) return outcome(row.action, { code: error.code, title: row.title, remedy: row.remedy });
  return { type: 'rejected', reason: 'bad_request', error: unknownError(error.code) };
}

function networkOutcome({ network, sent }: { network: string; sent: boolean }): SendOutcome {
  const word = /^[A-Z][A-Z0-9_]{1,40}$/.test(network) ? ` (${network})` : '';
  const remedy = 'Check that this server reaches graph.facebook.com, and its proxy and firewall.';
  const error: ChannelError = { code: 'network', title: `No answer from WhatsApp${word}`, remedy };
  return sent ? { type: 'in_doubt', error } : { type: 'retry', scope: 'message', error };
}

function outcomeOf(code: number, subcode: number | undefined, response: HttpResponse): SendOutcome {
  const missing = code === unknownObject.code && subcode === unknownObject.subcode;
  const row = missing ? unknownObjectRow : findError(code);
  if (row === undefined) return statusOutcome(response, String(code));
  return outcome(row.action, { code: String(code), title: row.title, remedy: row.remedy }, retryAfter(response));
}

function outcome(action: ErrorAction, error: ChannelError, wait?: number): SendOutcome {
  if (action.type !== 'retry') return { ...action, error };
  const after = wait ?? action.after;
  return { type: 'retry', scope: action.scope, ...(after !== undefined && { after }), error };
}

/**
 * A code that we do not know, or none: the HTTP status decides. Without Meta's own error a 5xx comes from something on
 * the way and may hide an accepted message; only 503 says that nothing was taken.
 */
function statusOutcome(response: HttpResponse, code?: string): SendOutcome {
  const { status } = response;
  const error = unknownError(code ?? `http:${status}`);
  const after = retryAfter(response);
  if (status === 401 || status === 403) return { type: 'account_stopped', error };
  if (status === 429) return { type: 'retry', scope: 'account', ...(after !== undefined && { after }), error };
  if (status === 503 || (status >= 500 && code !== undefined)) {
    return { type: 'retry', scope: 'message', ...(after !== undefined && { after }), error };
  }
  if (status >= 500 || status < 400) return { type: 'in_doubt', error };
  return { type: 'rejected', reason: 'bad_request', error };
}

function successOutcome(body: Json | undefined, response: HttpResponse): SendOutcome {
  const message = listProperty(body, 'messages')[0];
  const externalId = idProperty(message, 'id') ?? (property(body, 'success') === true ? '' : undefined);
  if (externalId === undefined) return statusOutcome(response);
  const recipient: Identity[] = listProperty(body, 'contacts').flatMap((contact) =>
    identitiesOf(readPerson(contact, contactFields)),
  );
  const held = textProperty(message, 'message_status') === 'held_for_quality_assessment';
  return { type: 'accepted', externalId, recipient, held };
}

function unknownError(code: string): ChannelError {
  const remedy = 'Look the code up on the error page of the WhatsApp Cloud API, and report it to the developers.';
  return { code, title: 'An error that Hazir does not know', remedy };
}

/** Milliseconds from a Retry-After header in seconds; a date is left to the sender's own back-off. */
function retryAfter(response: HttpResponse): number | undefined {
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) * 1000 : undefined;
}
