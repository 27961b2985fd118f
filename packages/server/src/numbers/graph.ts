/** Asks the Graph API about a number, as an operator does; sending messages is the runtime's. Answers are bounded, and no token gets into a fault. */
import { type Json, property, textProperty } from '@hazir/core';
import type { Channel } from '@hazir/store';

export type GraphAccount = Pick<Channel, 'baseUrl' | 'version' | 'accessToken' | 'accountId' | 'businessId'>;

export type GraphAnswer = { ok: true; body: Json } | { ok: false; problem: string };

interface GraphCall {
  method?: 'GET' | 'POST';
  /** Below the version: an id, and an edge of it. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: Json;
}

const WITHIN_MS = 10_000;
const MOST_BYTES = 4_000_000;
const MOST_WORDS = 300;

export async function askGraph(
  account: GraphAccount,
  { method = 'GET', path, query = {}, body }: GraphCall,
): Promise<GraphAnswer> {
  const url = `${account.baseUrl}/${account.version}/${path}?${new URLSearchParams(query).toString()}`;
  try {
    const response = await fetch(url, {
      ...{ method, redirect: 'error', signal: AbortSignal.timeout(WITHIN_MS) },
      headers: { authorization: `Bearer ${account.accessToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await readBounded(response);
    const answer: Json = JSON.parse(text);
    return response.ok ? { ok: true, body: answer } : { ok: false, problem: problemOf(answer, response.status) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return {
      ok: false,
      problem: timedOut ? 'The Graph API does not answer.' : 'The Graph API cannot be reached, or what it says cannot be read.',
    };
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** In Meta's own words, with its code. */
function problemOf(answer: Json, status: number): string {
  const error = property(answer, 'error');
  const details = textProperty(property(error, 'error_data'), 'details') ?? textProperty(error, 'error_user_msg');
  const words = [details ?? textProperty(error, 'message') ?? 'refused', `(${String(property(error, 'code') ?? status)})`];
  return words.join(' ').slice(0, MOST_WORDS);
}
