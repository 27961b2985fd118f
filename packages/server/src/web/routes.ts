/** What the server answers besides webhooks: life signs, the start page, and in a demo the simulator and its phone. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AnswerOpen311 } from '@hazir/services';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Auth } from '../auth/open-auth.ts';
import type { ApiDeps } from './api/admit.ts';
import { addApi } from './api/api.ts';
import { addAuth } from './auth.ts';
import { addConsole } from './console.ts';
import { addOpen311 } from './open311.ts';
import { addOpenData } from './public/open-data.ts';
import type { PublicDeps } from './public/public-deps.ts';
import { addStatus } from './public/status.ts';
import type { Readiness } from './readiness.ts';
import { addVerifier, type VerifierDeps } from './verifier.ts';

export interface RouteDeps {
  /** Whether this process should get traffic. */
  readiness: () => Promise<Readiness>;
  metrics: {
    /** Who has it may read; undefined: only this machine. */
    token: string | undefined;
    contentType: string;
    render: () => Promise<string>;
  };
  verifier: VerifierDeps;
  open311: AnswerOpen311;
  auth: Auth;
  api: ApiDeps;
  pages: PublicDeps;
  /** The simulator's pages, in a demo. */
  simulator?: { fetch: (request: Request, env?: unknown) => Response | Promise<Response> };
}

/** Each route with who may call it: a test refuses a route without a policy. */
export const ROUTE_POLICIES: Readonly<Record<string, string>> = {
  'GET /': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'metrics-token',
  'GET /open311/*': 'public',
  'POST /open311/*': 'api-key',
  // better-auth's own endpoints check the session themselves.
  'GET /api/auth/*': 'session',
  'POST /api/auth/*': 'session',
  'GET /api/v1/openapi.json': 'public',
  'GET /api/v1/doors': 'public',
  'GET /api/v1/me': 'session',
  'GET /api/v1/events': 'session',
  'GET /api/v1/requests': 'key-or-session',
  'GET /api/v1/requests/vocabulary': 'key-or-session',
  'GET /api/v1/requests/counts': 'key-or-session',
  'GET /api/v1/requests/boundaries': 'key-or-session',
  'GET /api/v1/requests/:reference/files/:file': 'key-or-session',
  'GET /api/v1/requests/:reference': 'key-or-session',
  'POST /api/v1/requests/:reference/moves': 'key-or-session',
  'POST /api/v1/requests/:reference/notes': 'key-or-session',
  'POST /api/v1/requests/:reference/transfers': 'key-or-session',
  'POST /api/v1/requests/:reference/assignments': 'key-or-session',
  'POST /api/v1/requests/:reference/merges': 'key-or-session',
  'GET /api/v1/numbers': 'session',
  'GET /api/v1/documents': 'session',
  'GET /api/v1/documents/:number': 'session',
  'POST /api/v1/documents/:number/revocations': 'session',
  'POST /api/v1/documents/:number/corrections': 'session',
  'GET /api/v1/contacts': 'session',
  'GET /api/v1/contacts/:contact': 'session',
  'GET /api/v1/contacts/:contact/talk': 'session',
  'GET /api/v1/tickets': 'key-or-session',
  'GET /api/v1/tickets/counts': 'session',
  'GET /api/v1/tickets/:ticket': 'key-or-session',
  'POST /api/v1/tickets/:ticket/messages': 'key-or-session',
  'POST /api/v1/tickets/:ticket/notes': 'key-or-session',
  'POST /api/v1/tickets/:ticket/assignments': 'key-or-session',
  'POST /api/v1/tickets/:ticket/closures': 'key-or-session',
  'GET /api/v1/audit': 'session',
  'GET /api/v1/audit/vocabulary': 'session',
  'GET /api/v1/audit.csv': 'session',
  'GET /api/v1/team': 'session',
  'GET /api/v1/team/vocabulary': 'session',
  'POST /api/v1/team': 'session',
  'POST /api/v1/team/:officer/roles': 'session',
  'DELETE /api/v1/team/:officer/roles/:grant': 'session',
  'POST /api/v1/team/:officer/suspensions': 'session',
  'POST /api/v1/team/:officer/links': 'session',
  'POST /api/v1/links/look': 'one-time-link',
  'POST /api/v1/links/use': 'one-time-link',
  'POST /api/v1/tickets/:ticket/transfers': 'key-or-session',
  'POST /api/v1/tickets/:ticket/follow-ups': 'key-or-session',
  'POST /api/v1/tickets/:ticket/invitations': 'key-or-session',
  'POST /api/v1/tickets/:ticket/presence': 'session',
  'POST /api/v1/tickets/:ticket/files': 'session',
  'GET /api/v1/tickets/:ticket/files/:line': 'session',
  'GET /api/v1/helpline': 'session',
  'PUT /api/v1/helpline/duty': 'session',
  'GET /api/v1/helpline/agents': 'session',
  'PUT /api/v1/helpline/agents/:officer': 'session',
  'GET /api/v1/helpline/shifts': 'session',
  'POST /api/v1/helpline/shifts': 'session',
  'DELETE /api/v1/helpline/shifts/:shift': 'session',
  'GET /api/v1/account': 'session',
  'DELETE /api/v1/account/sessions': 'session',
  'DELETE /api/v1/account/sessions/:session': 'session',
  'POST /api/v1/account/language': 'session',
  'POST /api/v1/set-up/look': 'one-time-link',
  'POST /api/v1/set-up': 'one-time-link',
  'GET /api/v1/channels': 'session',
  'POST /api/v1/channels': 'session',
  'POST /api/v1/channels/checks': 'session',
  'GET /api/v1/channels/:channel/health': 'session',
  'POST /api/v1/channels/:channel/resumptions': 'session',
  'POST /api/v1/channels/:channel/subscriptions': 'session',
  'GET /api/v1/channels/:channel/templates': 'session',
  'POST /api/v1/channels/:channel/templates': 'session',
  'GET /api/v1/keys': 'session',
  'POST /api/v1/keys': 'session',
  'DELETE /api/v1/keys/:key': 'session',
  'ALL /api/v1/*': 'public',
  'GET /open-data/:organization': 'public',
  'GET /open-data/:organization/requests.csv': 'public',
  'GET /open-data/:organization/areas.geojson': 'public',
  'GET /console/*': 'public',
  'GET /status': 'public',
  'POST /status': 'public',
  'GET /verify/*': 'public',
  'GET /verify/trust.json': 'public',
  'GET /verify/:issuer/status': 'public',
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
    const { reasons, warnings } = await deps.readiness();
    const told = warnings.length === 0 ? {} : { warnings };
    return reasons.length === 0
      ? context.json({ status: 'ready', ...told })
      : context.json({ status: 'not ready', reasons, ...told }, 503);
  });
  app.get('/metrics', async (context) => {
    if (!mayRead(context, deps.metrics.token)) {
      return context.json({ code: 'http:metrics-token', title: 'The numbers need their token.' }, 401);
    }
    return context.body(await deps.metrics.render(), 200, { 'content-type': deps.metrics.contentType });
  });
  addVerifier(app, deps.verifier);
  addOpen311(app, deps.open311);
  addConsole(app);
  addAuth(app, deps.auth);
  addApi(app, deps.api);
  addStatus(app, deps.pages);
  addOpenData(app, deps.pages);
  app.notFound((context) => context.json({ code: 'http:not-found', title: 'There is nothing here.' }, 404));
  return app;
}

// Without a token only this machine, and not what a proxy on it passes on from elsewhere.
function mayRead(context: Context, token: string | undefined): boolean {
  if (token !== undefined) return isSame(context.req.header('authorization') ?? '', `Bearer ${token}`);
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => context.req.header(name) !== undefined);
  const { address } = getConnInfo(context).remote;
  return !forwarded && /^(::ffff:)?127\.|^::1$/.test(address ?? '');
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
