/** The control API over HTTP, as protocol.ts lists it. JSON only; errors are problem+json with a code and what to change. */
import { HazirError } from '@hazir/core';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import { parseJson } from '../json.ts';
import { MOST_FILE_BYTES } from '../media/limits.ts';
import { readBytes } from '../read-bytes.ts';
import type { Control } from './control.ts';
import { streamEvents } from './events.ts';
import {
  citizenChangeSchema,
  citizenMessageSchema,
  clockSchema,
  faultsSchema,
  newCitizenSchema,
  readsSchema,
  templateEventSchema,
} from './schemas.ts';

const MOST_JSON_BYTES = 256 * 1024;

export function controlRoutes(control: Control): Hono {
  const app = new Hono();
  app.onError((error) => problem(error));
  app.use(refuseForeignPages);
  citizenRoutes(app, control);
  mediaRoutes(app, control);
  app.get('/state', (c) => c.json(control.state()));
  app.get('/faults', (c) => c.json(control.faults()));
  app.put('/faults', async (c) => c.json(control.setFaults(await read(c, faultsSchema))));
  app.post('/clock', async (c) => c.json(await control.advance((await read(c, clockSchema)).advanceMs)));
  app.get('/requests', (c) => c.json({ items: control.requests(after(c) ?? 0) }));
  app.get('/deliveries', (c) => c.json({ items: control.deliveries(after(c) ?? 0) }));
  app.post('/templates/:id/status', async (c) => {
    control.decideTemplate(c.req.param('id'), await read(c, templateEventSchema));
    return c.body(null, 204);
  });
  app.post('/reset', (c) => {
    control.reset();
    return c.body(null, 204);
  });
  app.all('*', () => problem(new HazirError('simulator:not-found', 'There is no such path.')));
  return app;
}

function citizenRoutes(app: Hono, control: Control): void {
  app.post('/citizens', async (c) => c.json(control.addCitizen(await read(c, newCitizenSchema)), 201));
  app.patch('/citizens/:id', async (c) => c.json(control.changeCitizen(c.req.param('id'), await read(c, citizenChangeSchema))));
  app.post('/citizens/:id/messages', async (c) =>
    c.json(control.say(c.req.param('id'), await read(c, citizenMessageSchema)), 202),
  );
  app.post('/citizens/:id/reads', async (c) => {
    control.openChat(c.req.param('id'), (await read(c, readsSchema)).numberId);
    return c.body(null, 204);
  });
  app.get('/citizens/:id/messages', (c) => {
    const numberId = c.req.query('numberId');
    return c.json({
      items: control.messages(c.req.param('id'), { after: after(c) ?? 0, ...(numberId === undefined ? {} : { numberId }) }),
    });
  });
  app.get('/citizens/:id/events', (c) => {
    const last = Number(c.req.header('last-event-id') ?? Number.NaN);
    return streamEvents(c, control, { citizenId: c.req.param('id'), after: after(c) ?? (Number.isNaN(last) ? undefined : last) });
  });
}

function mediaRoutes(app: Hono, control: Control): void {
  app.post('/media', async (c) => {
    const bytes = await readBytes(c.req.raw, MOST_FILE_BYTES);
    if (bytes === undefined) throw tooLarge(MOST_FILE_BYTES);
    const mimeType = c.req.header('content-type') ?? 'application/octet-stream';
    return c.json(
      control.addMedia({ bytes, mimeType: mimeType.slice(0, 200), fileName: fileNameOf(c.req.header('x-file-name')) }),
      201,
    );
  });
  app.get('/media/:id', (c) => {
    const file = control.media(c.req.param('id'));
    const shown = /^(image\/(jpeg|png|webp|gif)|audio\/|video\/|application\/pdf)/.test(file.mimeType);
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        'content-type': file.mimeType,
        'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName ?? file.id)}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, max-age=3600',
      },
    });
  });
}

/** Pages of other sites must not drive the simulator in a developer's browser; programs send neither header. */
const refuseForeignPages: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const foreign = origin !== undefined && URL.parse(origin)?.host !== context.req.header('host');
  if (foreign || context.req.header('sec-fetch-site') === 'cross-site') {
    throw new HazirError('simulator:foreign-page', 'The control API answers only pages of its own address.');
  }
  await next();
};

async function read<S extends z.ZodType>(context: Context, schema: S): Promise<z.output<S>> {
  requireJson(context);
  const bytes = await readBytes(context.req.raw, MOST_JSON_BYTES);
  if (bytes === undefined) throw tooLarge(MOST_JSON_BYTES);
  const body = parseJson(new TextDecoder().decode(bytes));
  if (body === undefined) throw new HazirError('simulator:invalid-request', 'The body is not JSON.');
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new HazirError('simulator:invalid-request', found.join('; '));
}

function requireJson(context: Context): void {
  if (context.req.header('content-type')?.startsWith('application/json') === true) return;
  throw new HazirError('simulator:invalid-request', 'Send application/json.');
}

function after(context: Context): number | undefined {
  const text = context.req.query('after');
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new HazirError('simulator:invalid-request', 'after: a whole number.');
  return number;
}

/** Header values are ASCII: other names come percent-encoded. */
function fileNameOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return decodeURIComponent(header).slice(0, 240);
  } catch {
    return header.slice(0, 240);
  }
}

function tooLarge(most: number): HazirError {
  return new HazirError('simulator:too-large', `At most ${most} bytes.`);
}

const STATUS: Record<string, number> = {
  'simulator:not-found': 404,
  'simulator:foreign-page': 403,
  'simulator:phone-taken': 409,
  'simulator:too-large': 413,
  'simulator:invalid-request': 400,
  'simulator:invalid-message': 422,
};

function problem(error: Error): Response {
  const known = error instanceof HazirError;
  const status = (known ? STATUS[error.code] : undefined) ?? 500;
  const message = known ? error.message : 'The simulator failed.';
  const body = { title: message, message, status, code: known ? error.code : 'simulator:failed' };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}
