/**
 * The Open311 server of a department, as hard to speak to as real ones: it may answer with a token, lose an answer after the work is
 * done, and tell the same update twice. What its officers do is put in at /desk, beside the protocol.
 */
import { XMLBuilder } from 'fast-xml-parser';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { demoDepartmentKey } from '../demo-systems.ts';

interface Kept {
  id: string;
  token: string;
  serviceCode: string;
  description: string;
  status: 'open' | 'closed';
  notes: string;
  requestedAt: number;
  updatedAt: number;
}

interface Told {
  id: string;
  of: string;
  status: string;
  description: string;
  at: number;
}

const builder = new XMLBuilder({ suppressEmptyNode: true });
const deskSchema = z.strictObject({
  /** Requests are answered with tokens. */
  tokens: z.boolean().optional(),
  /** So many requests are taken, and the answer to each is 504. */
  loseAnswers: z.int().min(0).max(1_000).optional(),
  /** What an officer does with a request. */
  update: z.strictObject({ id: z.string().max(40), status: z.enum(['open', 'closed']), notes: z.string().max(500) }).optional(),
});

/** `now`: milliseconds since 1970. */
export function department(now: () => number): Hono {
  const requests: Kept[] = [];
  const updates: Told[] = [];
  const heard = new Map<string, Record<string, string>>();
  let desk = { tokens: false, loseAnswers: 0 };
  const app = new Hono();
  app.get('/desk', (c) => c.json({ requests, heard: [...heard.values()] }));
  app.put('/desk', async (c) => {
    const parsed = deskSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ error: 'simulator:bad-desk' }, 400);
    const { update, tokens = desk.tokens, loseAnswers = desk.loseAnswers } = parsed.data;
    desk = { tokens, loseAnswers };
    const found = requests.find(({ id }) => id === update?.id);
    if (update === undefined || found === undefined) return c.body(null, update === undefined ? 204 : 404);
    Object.assign(found, { status: update.status, notes: update.notes, updatedAt: now() });
    updates.push({ id: `u${updates.length + 1}`, of: found.id, status: update.status, description: update.notes, at: now() });
    return c.body(null, 204);
  });
  app.post('/requests.xml', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const field = (name: string) => form.get(name) ?? '';
    if (field('api_key') !== demoDepartmentKey) return refusal(c, 403, 'Invalid api_key.');
    if (field('service_code') === '') return refusal(c, 400, 'service_code was not provided.');
    const number = String(7_000 + requests.length);
    const kept = { id: number, token: `t${number}`, serviceCode: field('service_code'), description: field('description') };
    requests.push({ ...kept, status: 'open', notes: '', requestedAt: now(), updatedAt: now() });
    if (desk.loseAnswers > 0) {
      desk.loseAnswers -= 1;
      return c.text('Gateway timeout', 504);
    }
    return xml(c, 'service_requests', [desk.tokens ? { token: kept.token } : { service_request_id: number, account_id: '' }]);
  });
  app.post('/servicerequestupdates.xml', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get('api_key') !== demoDepartmentKey) return refusal(c, 403, 'Invalid api_key.');
    const id = form.get('update_id') ?? '';
    form.delete('api_key');
    heard.set(id, Object.fromEntries(form));
    return xml(c, 'service_request_updates', [{ update_id: id }], 'request_update');
  });
  app.get('/requests.xml', (c) => {
    const { service_request_id: ids, service_code, start_date, end_date } = c.req.query();
    const wanted = requests.filter((one) =>
      ids === undefined
        ? one.serviceCode === (service_code ?? one.serviceCode) && within(one.requestedAt, start_date, end_date)
        : ids.split(',').includes(one.id),
    );
    return xml(c, 'service_requests', wanted.map(shown));
  });
  app.get('/tokens/:token', (c) => {
    const token = c.req.param('token').replace(/\.xml$/, '');
    const found = requests.find((one) => one.token === token);
    return found === undefined
      ? refusal(c, 404, 'token was not found.')
      : xml(c, 'service_requests', [{ service_request_id: found.id, token }]);
  });
  app.get('/servicerequestupdates.xml', (c) => {
    const { start_date, end_date } = c.req.query();
    const told = updates.filter(({ at }) => within(at, start_date, end_date)).map(updateShown);
    return xml(c, 'service_requests_updates', [...told, ...told], 'request_update');
  });
  return app;
}

function shown({ id, status, notes, serviceCode, description, requestedAt, updatedAt }: Kept): object {
  return {
    ...{ service_request_id: id, status, status_notes: notes, service_name: serviceCode, service_code: serviceCode, description },
    ...{ requested_datetime: new Date(requestedAt).toISOString(), updated_datetime: new Date(updatedAt).toISOString() },
  };
}

function updateShown({ id, of, status, description, at }: Told): object {
  return { update_id: id, service_request_id: of, status, updated_datetime: new Date(at).toISOString(), description };
}

function within(at: number, start: string | undefined, end: string | undefined): boolean {
  return at >= Date.parse(start ?? '1970-01-01') && at <= Date.parse(end ?? '9999-12-31');
}

function xml(c: Context, root: string, records: readonly object[], member = 'request'): Response {
  const built: string = builder.build({ [root]: records.length === 0 ? '' : { [member]: records } });
  return c.body(`<?xml version="1.0" encoding="utf-8"?>${built}`, 200, { 'content-type': 'text/xml; charset=utf-8' });
}

function refusal(c: Context, code: 400 | 403 | 404, description: string): Response {
  const built: string = builder.build({ errors: { error: { code, description } } });
  return c.body(`<?xml version="1.0" encoding="utf-8"?>${built}`, code, { 'content-type': 'text/xml; charset=utf-8' });
}
