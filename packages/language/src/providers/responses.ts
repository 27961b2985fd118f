/** What providers' responses have in common. */
import type { HttpResponse, Json } from '@hazir/core';
import type { ProviderFailure, Step } from './contract.ts';

/** Reads a JSON response; `pick` gives the answer in it, or undefined where there is none. */
export function readJson<Answer>(
  response: HttpResponse,
  pick: (body: Json) => Answer | undefined,
): { answer: Answer } | { failure: ProviderFailure } {
  if (response.status < 200 || response.status > 299) return { failure: refusal(response.status) };
  const answer = tryParse(response.body, pick);
  return answer === undefined ? { failure: { code: 'provider:answer', again: true } } : { answer };
}

function tryParse<Answer>(text: string, pick: (body: Json) => Answer | undefined): Answer | undefined {
  try {
    return pick(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function refusal(status: number): ProviderFailure {
  if (status === 401 || status === 403) return { code: 'provider:key', again: false };
  if (status === 408 || status === 429 || status >= 500) return { code: 'provider:busy', again: true };
  return { code: 'provider:refused', again: false };
}

/** The failure of a language that the provider does not know. */
export function unknownLanguage<Answer>(): Step<Answer> {
  return { failure: { code: 'provider:language', again: false } };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of bytes: a pure package has no Buffer. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const left = bytes.length - at;
    parts.push(
      (LETTERS[a >> 2] ?? '') +
        (LETTERS[((a & 3) << 4) | (b >> 4)] ?? '') +
        (left > 1 ? (LETTERS[((b & 15) << 2) | (c >> 6)] ?? '') : '=') +
        (left > 2 ? (LETTERS[c & 63] ?? '') : '='),
    );
  }
  return parts.join('');
}

/** Bytes of base64; undefined when it is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  const clean = text.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]+$/.test(clean)) return undefined;
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (const letter of clean) {
    held = ((held << 6) | LETTERS.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 255;
    at += 1;
  }
  return bytes;
}
