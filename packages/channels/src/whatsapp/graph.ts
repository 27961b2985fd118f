/** How every request to the Graph API looks. */
import type { ChannelAccount, HttpRequest, Json } from '@hazir/core';

/** The address of something below the versioned base; each segment is escaped. */
export function graphUrl(account: ChannelAccount, ...segments: string[]): string {
  const base = account.baseUrl.replace(/\/+$/, '');
  return [base, account.version, ...segments].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/');
}

export function authorization(account: ChannelAccount): { authorization: string } {
  return { authorization: `Bearer ${account.accessToken}` };
}

/** A JSON request. Half of a surrogate pair, which a cut text may carry, is replaced: Meta refuses it. */
export function postJson(account: ChannelAccount, path: string, body: Json): HttpRequest {
  return {
    method: 'POST',
    url: graphUrl(account, account.accountId, path),
    headers: { ...authorization(account), 'content-type': 'application/json' },
    body: stringify(body),
  };
}

/** How JSON.stringify writes half of a pair; a text may hold these letters as they are, too. */
const HALF = /\\ud[89a-f]/;

function stringify(body: Json): string {
  const text = JSON.stringify(body);
  if (!HALF.test(text)) return text;
  return JSON.stringify(body, (_key, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}
