/** What goes wrong, as problem+json (RFC 9457): every problem has a code of docs/errors.md, and its status follows from that. */
import { type ErrorCode, HazirError } from '@hazir/core';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:hazir:problem:service-requests:changed-meanwhile' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().openapi({ example: 'service-requests:changed-meanwhile' }),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');

type Problem = z.infer<typeof problemSchema>;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not known',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible now',
  413: 'Too long',
  422: 'Not acceptable',
  429: 'Too often',
  500: 'Fault of the server',
};

const STATUSES: Readonly<Record<string, ContentfulStatusCode>> = {
  'api:bad-request': 400,
  'api:key': 401,
  'api:sign-in': 401,
  'api:scope': 403,
  'api:foreign-page': 403,
  'api:no-organization': 403,
  'api:no-file': 404,
  'api:not-found': 404,
  'api:key-reused': 422,
  'api:too-long': 413,
  'api:too-often': 429,
  'account:no-session': 404,
  'channel:taken': 409,
  'channels:not-found': 404,
  'channels:not-stopped': 409,
  'keys:not-found': 404,
  'keys:revoked': 409,
  'set-up:done': 409,
  'set-up:link': 403,
  'team:not-found': 404,
  'team:link-gone': 404,
  'team:there': 409,
  'team:elsewhere': 409,
  'team:closed': 409,
  'team:own-last': 409,
  'team:suspended': 409,
  'contacts:not-found': 404,
  'documents:not-found': 404,
  'documents:revoked': 409,
  'documents:corrected-before': 409,
  'tickets:not-found': 404,
  'tickets:not-yours': 409,
  'tickets:closed': 409,
  'tickets:changed-meanwhile': 409,
  'tickets:window-closed': 409,
  'tickets:window-open': 409,
  'tickets:same-topic': 409,
  'tickets:no-file': 404,
  'tickets:no-flow': 409,
  'service-requests:not-found': 404,
  'service-requests:wrong-officer': 403,
  'service-requests:changed-meanwhile': 409,
  'service-requests:bad-move': 409,
  'service-requests:bad-merge': 409,
  'service-requests:reopen-late': 409,
  'service-requests:transfer-loop': 409,
  'service-requests:transfer-nowhere': 409,
  'service-requests:transfer-settled': 409,
};
const STATUS_OF_REFUSALS = 422;

/** Ends the call with a problem. */
export function refuse(code: ErrorCode, detail: string): never {
  throw new HazirError(code, detail);
}

/** The answer to a call that did not end well; what nobody foresaw is told to `failed` and says nothing. */
export function answerProblem(context: Context, error: unknown, failed: (error: unknown) => void): Response {
  if (error instanceof HTTPException) return write(context, 400, { code: 'api:bad-request', detail: 'The body is not JSON.' });
  if (
    error instanceof HazirError &&
    /^(api|contacts|documents|account|audit|channel|channels|keys|set-up|team|tickets|service-requests):/.test(error.code)
  )
    return write(context, STATUSES[error.code] ?? STATUS_OF_REFUSALS, { code: error.code, detail: error.message });
  failed(error);
  return write(context, 500, { code: 'api:failed', detail: 'The server failed. Please try again later.' });
}

/** The answer to a call with wrong fields. */
export function answerBadFields(context: Context, error: z.ZodError): Response {
  const fields = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return write(context, 400, { code: 'api:bad-request', detail: 'Some fields are missing or wrong.', fields });
}

function write(
  context: Context,
  status: ContentfulStatusCode,
  { code, detail, fields }: Pick<Problem, 'code' | 'detail' | 'fields'>,
): Response {
  const title = TITLES[status] ?? 'Problem';
  const problem: Problem = { type: `urn:hazir:problem:${code}`, title, status, detail, code, ...(fields && { fields }) };
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  const more = status === 429 ? { 'retry-after': '60' } : status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return context.body(JSON.stringify(problem), status, { ...headers, ...more });
}
