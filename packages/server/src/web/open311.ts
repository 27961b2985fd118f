/** Open311 over HTTP. Reads are for everybody, from any page too; what may be posted is the key's to say. */
import type { AnswerOpen311, Open311Answer } from '@hazir/services';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { parseAccept } from 'hono/utils/accept';

const ROOT = '/open311';
const MOST_BYTES = 64 * 1024;
const MOST_KEY = 200;

/** Adds everything below /open311. */
export function addOpen311(app: Hono, answer: AnswerOpen311): void {
  app.get(`${ROOT}/*`, async (context) => send(context, await answer({ ...asked(context), method: 'GET' })));
  app.post(
    `${ROOT}/*`,
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: async (context) => send(context, await answer({ ...asked(context), method: 'POST' })),
    }),
    async (context) => send(context, await answer({ ...asked(context), method: 'POST', form: await formOf(context) })),
  );
}

function asked(context: Context) {
  const { pathname, searchParams } = new URL(context.req.url);
  const key = context.req.header('idempotency-key')?.slice(0, MOST_KEY);
  return { path: pathname.slice(ROOT.length), query: searchParams, idempotencyKey: key, languages: languagesOf(context) };
}

/** Undefined when the body is no form, or too long to be read. */
async function formOf(context: Context): Promise<URLSearchParams | undefined> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(context.req.header('content-type') ?? '');
  return isForm ? new URLSearchParams(await context.req.text()) : undefined;
}

function languagesOf(context: Context): string[] {
  return parseAccept(context.req.header('accept-language') ?? '').map(({ type }) => type.split('-')[0] ?? type);
}

function send(context: Context, { status, contentType, body }: Open311Answer): Response {
  const headers = { 'content-type': contentType, 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
  return new Response(context.req.method === 'HEAD' ? null : body, {
    status,
    headers: { ...headers, ...(status === 429 && { 'retry-after': '60' }) },
  });
}
