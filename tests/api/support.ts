/** The officers' API over a real socket, of two cities that run Mumbai's pack. */
import { createServer } from 'node:http';
import { type Json, property, textProperty } from '@hazir/core';
import { type Database, ensureOrganization } from '@hazir/store';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll } from 'vitest';
import { addApi } from '../../packages/server/src/web/api/api.ts';
import { makeKey, type RequestDesk, type Scope } from '../../packages/services/src/index.ts';
import { openTestDesk, POTHOLE, START } from '../../packages/services/src/service-requests/testing.ts';
import { citizen, loadMumbai, must } from '../../packages/services/src/testing.ts';

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
  clock: { now: number };
  /** Faults of the server. */
  faults: unknown[];
}

export async function openApi(database: Database): Promise<Api> {
  const { desk } = await openTestDesk(database);
  const clock = { now: START.getTime() };
  const faults: unknown[] = [];
  const cities = { own: await openCity(database, 'own', clock), other: await openCity(database, 'other', clock) };
  const desks = new Map(Object.values(cities).map(({ organizationId }) => [organizationId, desk]));
  const app = new Hono();
  addApi(app, { database, desks: () => desks, now: () => clock.now, failed: (error) => void faults.push(error) });
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/v1`;
  const call = async (path: string, init: RequestInit, key?: string): Promise<Reply> => {
    const headers = { ...Object(init.headers), ...(key !== undefined && { authorization: `Bearer ${key}` }) };
    const response = await fetch(`${url}${path}`, { ...init, headers });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  return {
    ...{ cities, desk, url, clock, faults },
    get: (path, key, headers = {}) => call(path, { headers }, key),
    post: (path, body, key, headers = {}) =>
      call(
        path,
        {
          ...{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        },
        key,
      ),
  };
}

async function openCity(database: Database, slug: string, clock: { now: number }): Promise<City> {
  const services = loadMumbai();
  const { id: organizationId } = await ensureOrganization(database, slug, slug);
  return {
    organizationId,
    open: async (category = 'pothole') => {
      const turn = { database, subject: citizen(organizationId), now: new Date(clock.now) };
      const opened = await must(services, ['serviceRequests.open', { ...POTHOLE, category }], turn);
      clock.now += 1_000;
      return textProperty(opened, 'reference') ?? '';
    },
    key: async (scopes, { post = 'commissioner', perMinute = 1_000 } = {}) =>
      (await makeKey(database, { organizationId, name: 'a console', scopes, perMinute, post, now: START })).key,
  };
}

/** References of a page, in its order. */
export function referencesIn({ body }: Reply): string[] {
  const requests = property(body, 'requests');
  return Array.isArray(requests) ? requests.map((request) => textProperty(request, 'reference') ?? '') : [];
}
