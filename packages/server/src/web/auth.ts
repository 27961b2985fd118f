/** Signing in and out, over HTTP: everything below AUTH_PATH is better-auth's to answer. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ADDRESS_HEADER, AUTH_PATH, type Auth } from '../auth/open-auth.ts';

const MOST_BYTES = 16 * 1024;

export function addAuth(app: Hono, auth: Auth): void {
  app.on(['GET', 'POST'], `${AUTH_PATH}/*`, bodyLimit({ maxSize: MOST_BYTES }), async (context) => {
    const answer = await withoutSecret(await auth.handler(addressed(context)));
    answer.headers.set('cache-control', 'no-store');
    return answer;
  });
}

/** The secret of a session is for the cookie alone, which no script reads. */
async function withoutSecret(answer: Response): Promise<Response> {
  const text = answer.headers.get('content-type')?.includes('json') ? await answer.text() : '';
  if (text === '') return answer.bodyUsed ? new Response(null, answer) : answer;
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  const kept = JSON.stringify(JSON.parse(text), (name, value) => (name === 'token' ? undefined : value));
  return new Response(kept, { status: answer.status, headers });
}

/** The call with the address from which it came, as the connection says, or the proxy before it. */
function addressed(context: Context): Request {
  const request = new Request(context.req.raw);
  request.headers.set(ADDRESS_HEADER, addressOf(context));
  return request;
}

/**
 * Whoever calls: the last address that a proxy has added, where the connection comes from this machine or a private network; else the
 * connection's own.
 */
export function addressOf(context: Context): string {
  const own = getConnInfo(context).remote.address?.replace(/^::ffff:/, '') ?? '';
  const passed = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return passed !== '' && PRIVATE.test(own) ? passed.slice(0, MOST_ADDRESS) : own;
}

const MOST_ADDRESS = 64;
const PRIVATE = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd])/;
