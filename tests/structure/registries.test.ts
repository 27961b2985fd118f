/** What must be listed in two places is the same in both: routes and policies, codes and their explanations, jobs and tasks. */
import { connect } from '@hazir/store';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { en } from '../../packages/console/src/texts/en.ts';
import { openAuth } from '../../packages/server/src/auth/open-auth.ts';
import { AUDITED } from '../../packages/server/src/auth/record-audit.ts';
import { createRoutes, ROUTE_POLICIES } from '../../packages/server/src/web/routes.ts';
import { QUIET_API } from '../support/quiet-api.ts';
import { NOT_ERROR_AREAS } from './exceptions.ts';
import { areaOf, codesInSources, openCodesInSources, sectionsOfDocument } from './support/error-codes.ts';
import { read, sources } from './support/tree.ts';

/** Answered on node:http, before any router. */
const WEBHOOK_ROUTES = ['GET /webhooks/:channelType', 'POST /webhooks/:channelType'];
const POLICIES = [
  'public',
  'signature',
  'verify-token',
  'metrics-token',
  'api-key',
  'session',
  'one-time-link',
  'key-or-session',
  'demo-only',
];

describe('routes', () => {
  const simulator = new Hono();
  const database = connect('postgres://127.0.0.1:1/nowhere', { poolSize: 1 });
  const requests = { database, desks: () => new Map(), now: Date.now };
  const auth = openAuth({ database, publicUrl: 'http://127.0.0.1', secret: 'a secret of tests, thirty-two characters' });
  const routed = createRoutes({
    readiness: async () => ({ reasons: [], warnings: [] }),
    metrics: { token: undefined, contentType: '', render: async () => '' },
    verifier: { publishTrust: async () => ({ issuers: [], foreign: [] }), now: Date.now },
    open311: async () => ({ status: 200, contentType: '', body: '' }),
    auth,
    api: {
      ...QUIET_API,
      ...requests,
      auth,
      languagesOf: () => [],
      doors: { provider: false },
      fileOf: async () => undefined,
      failed: () => undefined,
    },
    pages: { ...requests, slugOf: () => undefined },
    simulator: { fetch: (request) => simulator.fetch(request) },
  }).routes;
  const served = [...new Set(routed.filter(({ path }) => path !== '/*').map(({ method, path }) => `${method} ${path}`))];

  it('have a policy each', () => {
    const policyOf = (route: string) => ROUTE_POLICIES[route] ?? ROUTE_POLICIES[`${route}/*`];
    expect([...served, ...WEBHOOK_ROUTES].filter((route) => policyOf(route) === undefined)).toEqual([]);
    expect(Object.values(ROUTE_POLICIES).filter((policy) => !POLICIES.includes(policy))).toEqual([]);
  });

  it('exist for each policy', () => {
    expect(Object.keys(ROUTE_POLICIES).filter((route) => !served.includes(route) && !WEBHOOK_ROUTES.includes(route))).toEqual([]);
  });

  it('are made in one file', () => {
    const makers = sources.filter((path) => path.startsWith('packages/server/') && /new Hono\b/.test(read(path)));
    expect(makers).toEqual(['packages/server/src/web/routes.ts']);
    expect(read('packages/server/src/web/webhooks/answer.ts')).toContain(String.raw`/^\/webhooks\/`);
  });
});

describe('error codes', () => {
  const inSources = codesInSources();
  const sections = sectionsOfDocument();
  const inDocument = sections.flat();

  it('are all explained in docs/errors.md', () => {
    const unexplained = [...inSources]
      .filter(([code]) => !inDocument.includes(code))
      .map(([code, place]) => `${code} (${place})`);
    expect(unexplained).toEqual([]);
  });

  it('are explained only while they exist, once, in the order of the alphabet', () => {
    const open = openCodesInSources();
    expect(inDocument.filter((code) => !inSources.has(code) && !open.has(code))).toEqual([]);
    expect(inDocument).toEqual([...new Set(inDocument)]);
    for (const section of sections) expect(section).toEqual([...section].sort());
  });

  it('have an area that is not used for anything else', () => {
    expect(inDocument.map(areaOf).filter((area) => Object.hasOwn(NOT_ERROR_AREAS, area))).toEqual([]);
  });
});

describe('jobs', () => {
  it('that are added have a task, and tasks are added', () => {
    const added = sources.flatMap((path) =>
      [...read(path).matchAll(/add_job\(\s*'([a-z_]+)'/g)].flatMap((match) => match[1] ?? []),
    );
    const list = /taskList: \{([\s\S]*?)\n {6}\}/.exec(read('packages/runtime/src/jobs/chores.ts'))?.[1] ?? '';
    const tasks = [...list.matchAll(/^ {8}([a-z_]+):/gm)].flatMap((match) => match[1] ?? []);
    expect(tasks.sort()).toEqual([...new Set(added)].sort());
    expect(tasks).not.toEqual([]);
  });
});

describe('the log', () => {
  it('names everything that is written into it in the console', () => {
    expect(AUDITED.filter((action) => !Object.hasOwn(en, `action.${action}`))).toEqual([]);
  });
});
