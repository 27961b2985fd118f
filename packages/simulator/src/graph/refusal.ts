/** What the Graph API refuses, in Meta's codes and envelope. */
import type { JsonObject } from '@hazir/core';
import { compact } from '../json.ts';

/** A refusal by code; thrown while a request is read, or reported later as a failed status. */
export interface Refusal {
  code: number;
  /** Says to a developer what exactly was wrong. */
  details?: string;
  /** Instead of the catalogue's title. */
  title?: string;
  subcode?: number;
}

/** Carries a refusal to the router. */
export class GraphRefusal extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`graph error ${refusal.code}`);
    this.refusal = refusal;
  }
}

export function refuse(code: number, details?: string, more: { title?: string; subcode?: number } = {}): never {
  throw new GraphRefusal({ code, ...(details === undefined ? {} : { details }), ...more });
}

/** HTTP status and body of a refusal. */
export function refusalResponse(refusal: Refusal, trace: string): { status: number; body: JsonObject } {
  const known = CATALOGUE.get(refusal.code);
  const title = refusal.title ?? known?.title ?? 'Unknown error';
  const plain = refusal.code === 190 || refusal.code === 2500 || refusal.subcode === 33;
  const error = compact({
    message: plain ? title : `(#${refusal.code}) ${title}`,
    type: refusal.subcode === 33 ? 'GraphMethodException' : 'OAuthException',
    code: refusal.code,
    error_subcode: refusal.subcode,
    error_data: refusal.details === undefined ? undefined : { messaging_product: 'whatsapp', details: refusal.details },
    fbtrace_id: trace,
  });
  return { status: known?.http ?? 400, body: { error } };
}

/** The `errors` of a failed status. */
export function refusalErrors(refusal: Refusal): JsonObject[] {
  const title = refusal.title ?? CATALOGUE.get(refusal.code)?.title ?? 'Unknown error';
  const href = 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes/';
  return [{ code: refusal.code, title, message: title, error_data: { details: refusal.details ?? title }, href }];
}

const CATALOGUE: ReadonlyMap<number, { http: number; title: string }> = new Map(
  [
    [0, 401, 'AuthException'],
    [1, 500, 'An unknown error occurred'],
    [2, 503, 'Service temporarily unavailable'],
    [3, 500, 'API Method'],
    [4, 400, 'Application request limit reached'],
    [10, 403, 'Application does not have permission for this action'],
    [33, 400, 'Parameter value is not valid'],
    [100, 400, 'Invalid parameter'],
    [190, 401, 'Invalid OAuth access token - Cannot parse access token'],
    [200, 403, 'Permissions error'],
    [368, 403, 'Temporarily blocked for policies violations'],
    [2200, 400, 'Callback verification failed'],
    [2500, 400, 'Unknown path components'],
    [80007, 400, 'Rate limit issues'],
    [130429, 400, 'Rate limit hit'],
    [130472, 400, "User's number is part of an experiment"],
    [130497, 403, 'Business account is restricted from messaging users in this country'],
    [131000, 500, 'Something went wrong'],
    [131005, 403, 'Access denied'],
    [131008, 400, 'Required parameter is missing'],
    [131009, 400, 'Parameter value is not valid'],
    [131016, 500, 'Service unavailable'],
    [131021, 400, 'Recipient cannot be sender'],
    [131026, 400, 'Message undeliverable'],
    [131030, 400, 'Recipient phone number not in allowed list'],
    [131031, 403, 'Business Account locked'],
    [131037, 400, 'WhatsApp provided number needs display name approval before message can be sent'],
    [131042, 400, 'Business eligibility payment issue'],
    [131045, 500, 'Incorrect certificate'],
    [131047, 400, 'Re-engagement message'],
    [131048, 400, 'Spam rate limit hit'],
    [131049, 400, 'This message was not delivered to maintain healthy ecosystem engagement'],
    [131050, 400, 'User has stopped marketing messages'],
    [131051, 400, 'Unsupported message type'],
    [131052, 400, 'Media download error'],
    [131053, 400, 'Media upload error'],
    [131055, 400, 'Method not allowed'],
    [131056, 400, '(Business Account, Consumer Account) pair rate limit hit'],
    [131057, 500, 'Business Account is in maintenance mode'],
    [131062, 400, 'Business-scoped user id recipients are not supported for this message'],
    [132000, 400, 'Number of parameters does not match the expected number of params'],
    [132001, 404, 'Template name does not exist in the translation'],
    [132005, 400, 'Translated text too long'],
    [132007, 400, 'Template format character policy violated'],
    [132012, 400, 'Parameter format does not match format in the created template'],
    [132015, 400, 'Template is paused'],
    [132016, 400, 'Template is disabled'],
    [132018, 400, 'Template parameter content is not valid'],
    [132068, 400, 'Flow is blocked'],
    [132069, 400, 'Flow is throttled'],
    [133004, 503, 'Server temporarily unavailable'],
    [133005, 400, 'Two step verification PIN mismatch'],
    [133010, 400, 'Phone number not registered'],
    [133015, 400, 'Please wait a few minutes before attempting to register this phone number'],
    [133016, 400, 'Account register deregister rate limit exceeded'],
    [135000, 400, 'Generic user error'],
    [137000, 400, 'Recipient identity key hash mismatch'],
    [139100, 400, 'Failed to block or unblock some users'],
  ].map(([code, http, title]) => [Number(code), { http: Number(http), title: String(title) }]),
);
