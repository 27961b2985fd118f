/** The verification of a callback address: a challenge that must come back as it is. */
import { request } from 'undici';
import { refuse } from '../graph/refusal.ts';

/** Throws a GraphRefusal (2200) when the address does not answer 200 with the challenge. */
export async function verifyCallback(callbackUrl: string, verifyToken: string, newChallenge: () => string): Promise<void> {
  const challenge = newChallenge();
  const url = URL.parse(callbackUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return refuse(100, 'override_callback_uri is not a valid URI.');
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  const answer = await ask(url);
  if (answer?.status !== 200)
    return refuse(2200, `Callback verification failed: HTTP status ${answer?.status ?? 'unreachable'}.`);
  if (answer.text !== challenge) return refuse(2200, 'Callback verification failed: the challenge did not come back as it was.');
}

async function ask(url: URL): Promise<{ status: number; text: string } | undefined> {
  try {
    const response = await request(url, { headersTimeout: 10_000, bodyTimeout: 10_000 });
    const text = await response.body.text();
    return { status: response.statusCode, text: text.slice(0, 1_000) };
  } catch {
    return undefined;
  }
}
