/** Who called the webhook: Meta's signature on a delivery, and the token of its subscription handshake. */
import type { AdapterCrypto, WebhookRequest } from '@hazir/core';

const signatureHeader = 'x-hub-signature-256';
const signatureForm = /^sha256=([0-9a-f]{64})$/;
const longestChallenge = 1000;

/**
 * Compares X-Hub-Signature-256 with the HMAC of the raw bytes under each secret. The bytes must be those that arrived:
 * Meta signs text with `\uXXXX` escapes, and writing the JSON again breaks every Hindi message.
 */
export function verify(request: WebhookRequest, secrets: readonly string[], crypto: AdapterCrypto): boolean {
  const given = signatureForm.exec(header(request, signatureHeader) ?? '')?.[1];
  if (given === undefined) return false;
  return matchesAny(
    given,
    secrets.filter((secret) => secret !== '').map((secret) => crypto.hmacSha256Hex(secret, request.rawBody)),
    crypto,
  );
}

const accountMark = '"phone_number_id":"';
const longestAccount = 32;

/** The phone-number id that stands first in the body. */
export function accountIn(body: string): string | undefined {
  const mark = body.indexOf(accountMark);
  if (mark === -1) return undefined;
  const from = mark + accountMark.length;
  const to = body.indexOf('"', from);
  return to === -1 || to - from > longestAccount ? undefined : body.slice(from, to);
}

/** Returns the challenge, to be sent as bare text/plain; the handshake carries no signature. */
export function handshake(
  query: Record<string, string | undefined>,
  tokens: readonly string[],
  crypto: AdapterCrypto,
): string | undefined {
  const token = query['hub.verify_token'] ?? '';
  const challenge = query['hub.challenge'] ?? '';
  if (query['hub.mode'] !== 'subscribe' || token === '') return undefined;
  if (challenge === '' || challenge.length > longestChallenge) return undefined;
  return matchesAny(token, tokens, crypto) ? challenge : undefined;
}

/** Compares with every candidate, so that the time taken does not tell which one matched. */
function matchesAny(given: string, candidates: readonly string[], crypto: AdapterCrypto): boolean {
  let matched = false;
  for (const candidate of candidates) {
    if (crypto.equalConstantTime(given, candidate)) matched = true;
  }
  return matched;
}

function header(request: WebhookRequest, name: string): string | undefined {
  const direct = request.headers[name];
  if (direct !== undefined) return direct;
  const key = Object.keys(request.headers).find((each) => each.toLowerCase() === name);
  return key === undefined ? undefined : request.headers[key];
}
