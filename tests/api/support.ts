/** The officers' API over a real socket, of two cities that run Mumbai's pack. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { type Json, property, textProperty } from '@hazir/core';
import { type Database, ensureOrganization } from '@hazir/store';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll } from 'vitest';
import { openAuth } from '../../packages/server/src/auth/open-auth.ts';
import type { Grant } from '../../packages/server/src/auth/policies.ts';
import { addApi } from '../../packages/server/src/web/api/api.ts';
import { addAuth } from '../../packages/server/src/web/auth.ts';
import { makeKey, type RequestDesk, type Scope } from '../../packages/services/src/index.ts';
import { openTestDesk, POTHOLE, START } from '../../packages/services/src/service-requests/testing.ts';
import { citizen, loadMumbai, must } from '../../packages/services/src/testing.ts';
import { addTestOfficer, PASSWORD } from '../support/officers.ts';
import { QUIET_API } from '../support/quiet-api.ts';

export interface Reply {
  status: number;
  headers: Headers;
  body: Json;
}

export interface City {
  organizationId: number;
  /** A citizen reports a pothole, or something else; the reference. */
  open: (category?: string) => Promise<string>;
  key: (scopes: readonly Scope[], more?: { post?: string; perMinute?: number }) => Promise<string>;
}

export interface Api {
  cities: { own: City; other: City };
  desk: RequestDesk;
  url: string;
  get: (path: string, key?: string, headers?: Record<string, string>) => Promise<Reply>;
  post: (path: string, body: unknown, key?: string, headers?: Record<string, string>) => Promise<Reply>;
  /** The same with a cookie, from our own page. */
  browse: (path: string, cookie: string, change?: { body: unknown; headers?: Record<string, string> }) => Promise<Reply>;
  /** DELETE with a cookie, from our own page. */
  remove: (path: string, cookie: string) => Promise<Reply>;
  /** Signing in and out: better-auth's own addresses. */
  auth: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Reply>;
  clock: { now: number };
  /** What the file store has, by hash. */
  contents: Map<string, Uint8Array>;
  /** Faults of the server. */
  faults: unknown[];
}

export async function openApi(database: Database): Promise<Api> {
  const { desk } = await openTestDesk(database);
  const clock = { now: START.getTime() };
  const faults: unknown[] = [];
  const contents = new Map<string, Uint8Array>();
  const cities = { own: await openCity(database, 'own', clock), other: await openCity(database, 'other', clock) };
  const desks = new Map(Object.values(cities).map(({ organizationId }) => [organizationId, desk]));
  const app = new Hono();
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const url = `${origin}/api/v1`;
  const auth = openAuth({ database, publicUrl: origin, secret: 'a secret of tests, thirty-two characters' });
  addAuth(app, auth);
  addApi(app, {
    ...QUIET_API,
    ...{
      database,
      auth,
      desks: () => desks,
      languagesOf: () => ['en', 'hi', 'mr'],
      doors: { provider: false },
      fileOf: async (hash) => contents.get(hash),
      now: () => clock.now,
    },
    failed: (error) => void faults.push(error),
  });
  const call = async (path: string, init: RequestInit, key?: string): Promise<Reply> => {
    const headers = { ...Object(init.headers), ...(key !== undefined && { authorization: `Bearer ${key}` }) };
    const response = await fetch(path.startsWith('/api/auth') ? `${origin}${path}` : `${url}${path}`, { ...init, headers });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const json = (body: unknown, headers: Record<string, string>) => ({
    ...{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    ...{ cities, desk, url, clock, faults, contents },
    get: (path, key, headers = {}) => call(path, { headers }, key),
    post: (path, body, key, headers = {}) => call(path, json(body, headers), key),
    browse: (path, cookie, change) =>
      call(
        path,
        change === undefined ? { headers: { cookie } } : json(change.body, { cookie, 'x-hazir-console': '1', ...change.headers }),
      ),
    remove: (path, cookie) => call(path, { method: 'DELETE', headers: { cookie, 'x-hazir-console': '1' } }),
    // Everybody calls from an address of their own, as a proxy would tell it.
    auth: (path, body, headers = {}) =>
      call(`/api/auth${path}`, json(body, { origin, 'x-forwarded-for': `192.0.2.${randomInt(256)}`, ...headers })),
  };
}

async function openCity(database: Database, slug: string, clock: { now: number }): Promise<City> {
  const services = loadMumbai();
  const { id: organizationId } = await ensureOrganization(database, slug, slug);
  return {
    organizationId,
    open: async (category = 'pothole') => {
      const turn = { database, subject: citizen(organizationId), now: new Date(clock.now) };
      const opened = await must(
        services,
        ['serviceRequests.open', { ...POTHOLE, category, attributes: category === 'pothole' ? { size: 'large' } : {} }],
        turn,
      );
      clock.now += 1_000;
      return textProperty(opened, 'reference') ?? '';
    },
    key: async (scopes, { post = 'commissioner', perMinute = 1_000 } = {}) =>
      (await makeKey(database, { organizationId, name: 'a console', scopes, perMinute, post, now: START })).key,
  };
}

/** Adds an officer with roles and signs them in; the cookie. */
export async function signInAs(
  api: Api,
  database: Database,
  { email, grants }: { email: string; grants: readonly (Partial<Grant> & Pick<Grant, 'role'> & { city: City })[] },
): Promise<string> {
  await addTestOfficer(
    database,
    email,
    grants.map(({ city, ...grant }) => ({ ...grant, organizationId: city.organizationId })),
  );
  return cookieIn(await api.auth('/sign-in/email', { email, password: PASSWORD }));
}

/** What a browser would send back. */
export function cookieIn({ headers }: Reply): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** References of a page, in its order. */
export function referencesIn({ body }: Reply): string[] {
  const requests = property(body, 'requests');
  return Array.isArray(requests) ? requests.map((request) => textProperty(request, 'reference') ?? '') : [];
}
