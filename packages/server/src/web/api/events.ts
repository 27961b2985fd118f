/** Changes, as they happen: a stream of server-sent events for the console of one officer. */
import { seeAgent } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { Permission } from '../../auth/policies.ts';
import type { Heard, HubEvent } from '../events/event-hub.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { problemsOf, SECURITY } from './contract.ts';
import { refuse } from './problems.ts';

/** Proxies close lines on which nothing is said. A session that has ended is noticed with it. */
const BEAT_MS = 20_000;
const MOST_WAITING = 1_000;
const RELOAD = 'event: reload\ndata: {}\n\n';
const HERE = ': here\n\n';

/** Who hears of what. */
const NEEDED: Readonly<Record<Exclude<HubEvent['kind'], 'reload'>, Permission>> = {
  ticket: 'tickets.read',
  talk: 'tickets.read',
  presence: 'tickets.read',
  request: 'requests.read',
};

export function addEvents(api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>): void {
  const route = createRoute({
    ...{ method: 'get', path: '/events', security: SECURITY, middleware: [admission()] as const },
    summary: 'What changes, as it happens (server-sent events); what was missed comes again after Last-Event-ID',
    request: { query: z.object({ organization: z.string().optional().openapi({ description: 'As x-hazir-organization.' }) }) },
    responses: {
      200: {
        description: 'Events: ticket, talk, presence, request, reload',
        content: { 'text/event-stream': { schema: z.string() } },
      },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(route, (context) => {
    const caller = context.get('caller');
    const { officer, organizationId } = caller;
    if (officer === undefined) return refuse('api:sign-in', 'Events are for officers who are signed in.');
    const lastId = context.req.header('last-event-id');
    const { headers } = context.req.raw;
    const isSignedIn = async () => (await deps.auth.api.getSession({ headers })) !== null;
    const beat = async () => {
      await seeAgent(deps.database, { organizationId, officerId: officer.id, now: new Date(deps.now()) });
      return isSignedIn();
    };
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, (stream) => run(stream, { deps, caller, lastId, beat }));
  });
}

interface Run {
  deps: ApiDeps;
  caller: Caller;
  lastId: string | undefined;
  /** False when the officer is signed in no more. */
  beat: () => Promise<boolean>;
}

async function run(stream: SSEStreamingApi, { deps: { events }, caller, lastId, beat }: Run): Promise<void> {
  const waiting: string[] = [];
  let wake: () => void = () => undefined;
  const push = (heard: readonly Heard[]) => {
    for (const { event, text } of heard) if (isFor(caller, event)) waiting.push(text);
    // A console that does not read is told to look at everything anew.
    if (waiting.length > MOST_WAITING) waiting.splice(0, waiting.length, RELOAD);
    if (waiting.length > 0) wake();
  };
  const leave = events.subscribe(push);
  const missed = lastId === undefined ? [] : events.since(lastId);
  stream.onAbort(() => wake());
  try {
    if (missed === undefined) waiting.push(RELOAD);
    else push(missed);
    while (!stream.aborted && (await beat())) {
      await stream.write(HERE);
      const beaten = performance.now() + BEAT_MS;
      while (!stream.aborted && performance.now() < beaten) {
        if (waiting.length > 0) await stream.write(waiting.splice(0).join(''));
        else await somethingWithin(beaten - performance.now(), (woken) => (wake = woken));
      }
    }
  } finally {
    leave();
  }
}

function isFor({ organizationId, permissions }: Caller, event: HubEvent): boolean {
  return event.kind === 'reload' || (event.organizationId === organizationId && permissions.has(NEEDED[event.kind]));
}

function somethingWithin(ms: number, arm: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, ms));
    arm(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
