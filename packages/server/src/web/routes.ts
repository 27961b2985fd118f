/** What the server answers besides webhooks: life signs, the start page, and in a demo the simulator and its phone. */
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

export interface RouteDeps {
  /** Every reason why this process should get no traffic; empty when ready. */
  unready: () => Promise<string[]>;
  /** The simulator's pages, in a demo. */
  simulator?: { fetch: (request: Request, env?: unknown) => Response | Promise<Response> };
}

/** Each route with who may call it: a test refuses a route without a policy. */
export const ROUTE_POLICIES: Readonly<Record<string, string>> = {
  'GET /': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /webhooks/:channelType': 'verify-token',
  'POST /webhooks/:channelType': 'signature',
  'ALL /simulator/*': 'demo-only',
  'ALL /phone/*': 'demo-only',
};

export function createRoutes(deps: RouteDeps): Hono {
  const app = new Hono();
  const { simulator } = deps;
  if (simulator !== undefined) {
    for (const path of ['/simulator/*', '/phone', '/phone/*'])
      app.all(path, (context) => simulator.fetch(context.req.raw, context.env));
    app.get('/', (context) => context.redirect('/phone/'));
  }
  app.use(secureHeaders());
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', async (context) => {
    const reasons = await deps.unready();
    return reasons.length === 0 ? context.json({ status: 'ready' }) : context.json({ status: 'not ready', reasons }, 503);
  });
  app.notFound((context) => context.json({ code: 'http:not-found', title: 'There is nothing here.' }, 404));
  return app;
}
