/**
 * Who calls: a program with a bearer key, or an officer whom the browser's cookie shows. Both are one Caller: an organization, what may
 * be done in it and where, and the post on which it is done. A cookie alone changes nothing: what does comes from our own page, with a header
 * that no other page can send.
 */
import type { CompiledPack } from '@hazir/flow';
import {
  createCallCounter,
  findKey,
  type Helplines,
  type RequestDesk,
  type RequestDesks,
  type Scope,
  type Within,
} from '@hazir/services';
import type { Database, FetchedContent } from '@hazir/store';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { parseAccept } from 'hono/utils/accept';
import { type OrganizationGrant, readGrants } from '../../auth/officers.ts';
import type { Auth } from '../../auth/open-auth.ts';
import { type Permission, permissionsOf, whereMay } from '../../auth/policies.ts';
import { addressOf } from '../auth.ts';
import type { EventHub } from '../events/event-hub.ts';
import { refuse } from './problems.ts';

export interface ApiDeps {
  database: Database;
  auth: Auth;
  /** What the packs of the organizations say, as they are now. */
  desks: () => RequestDesks;
  helplines: () => Helplines;
  /** What has changed, for open consoles. */
  events: EventHub;
  /** True when the pack of this number has such a flow. */
  hasFlow: (channelId: number, flow: string) => boolean;
  /** Shows a citizen that their message was read, or that somebody writes. */
  showRead: (channelId: number, externalId: string, writing: boolean) => Promise<void>;
  /** Keeps an officer's file, after the scanner has seen it. Throws `media:infected`. */
  keepFile: (file: { bytes: Uint8Array; mimeType: string }) => Promise<FetchedContent>;
  /** The content of a citizen's file, by its hash. */
  fileOf: (hash: string) => Promise<Uint8Array | undefined>;
  /** Languages of an organization's packs. */
  languagesOf: (organizationId: number) => readonly string[];
  /** Packs that an organization has published, as they are now. */
  packsOf: (organizationId: number) => Promise<readonly CompiledPack[]>;
  /** The Graph API at which numbers are connected. */
  graphUrl: string;
  /** Where Meta is to send what citizens write. */
  webhookUrl: string;
  /** By what officers come in, besides passwords and passkeys. */
  doors: { provider: boolean };
  /** Opens the first run while there is no officer; absent in a demo, which has its own. */
  setUpSecret?: string | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Told of what is a fault of ours. */
  failed: (error: unknown) => void;
}

export interface Caller {
  organizationId: number;
  /** "key-" or "officer-" with an id: as histories name whoever acts. */
  id: string;
  permissions: ReadonlySet<Permission>;
  /** The post on which service requests are worked. */
  post: string | null;
  /** Which service requests may be seen; undefined: all. */
  within: readonly Within[] | undefined;
  /** BCP-47: in which names are told. */
  language: string;
  /** Whence the call came. */
  address: string;
  /** Absent for a program. */
  officer?: SignedIn;
}

/** An organization in which an officer has a role. */
interface Place {
  id: number;
  name: string;
}

export interface SignedIn {
  id: string;
  name: string;
  email: string;
  language: string;
  /** Id of the session, not its secret. */
  session: string;
  organizations: readonly Place[];
  grants: readonly OrganizationGrant[];
}

export interface ApiEnv {
  Variables: { caller: Caller };
}

const MOST_KEY = 200;
const OFFICERS_PER_MINUTE = 600;
const CONSOLE_HEADER = 'x-hazir-console';
const ORGANIZATION_HEADER = 'x-hazir-organization';
const OF_SCOPE: Readonly<Partial<Record<Scope, Permission>>> = {
  read: 'requests.read',
  act: 'requests.act',
  details: 'details.read',
};

type Counter = ReturnType<typeof createCallCounter>;

/** Makes the check of a permission, for routes; undefined: whoever is known may. */
export function createAdmission(deps: ApiDeps) {
  const calls = createCallCounter(deps.now);
  return (permission?: Permission) =>
    createMiddleware<ApiEnv>(async (context, next) => {
      const bearer = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
      const caller = bearer === undefined ? await byCookie(deps, calls, context) : await byKey(deps, calls, { context, bearer });
      if (permission !== undefined && !caller.permissions.has(permission))
        return refuse('api:scope', `This ${caller.officer ? 'account' : 'key'} is not for "${permission}".`);
      context.set('caller', caller);
      await next();
    });
}

/** What the packs of the caller's organization say of service requests. */
export function deskOf({ desks }: ApiDeps, { organizationId }: Pick<Caller, 'organizationId'>): RequestDesk {
  return desks().get(organizationId) ?? refuse('api:not-found', 'This organization has no service requests.');
}

async function byKey(
  { database, desks }: ApiDeps,
  calls: Counter,
  { context, bearer }: { context: Context; bearer: string },
): Promise<Caller> {
  const key = bearer.length > MOST_KEY ? undefined : await findKey(database, bearer);
  if (key === undefined) return refuse('api:key', 'The call needs a valid key: Authorization: Bearer …');
  const { organizationId, post } = key;
  if (!calls.count(key.id, key.perMinute))
    return refuse('api:too-often', `This key may be used ${key.perMinute} times a minute.`);
  return {
    ...{ organizationId, id: `key-${key.id}`, post, within: undefined, address: addressOf(context) },
    permissions: new Set(key.scopes.flatMap((scope) => OF_SCOPE[scope] ?? [])),
    language: accepted(context) ?? desks().get(organizationId)?.defaultLanguage ?? 'en',
  };
}

async function byCookie(deps: ApiDeps, calls: Counter, context: Context): Promise<Caller> {
  const { database, auth, desks } = deps;
  const session = await auth.api.getSession({ headers: context.req.raw.headers });
  if (session === null || session.user.disabledAt)
    return refuse('api:sign-in', 'Sign in, or send a key: Authorization: Bearer …');
  refuseForeign(context);
  const { id, name, email, language } = session.user;
  if (!calls.count(id, OFFICERS_PER_MINUTE)) return refuse('api:too-often', 'So many calls in a minute are no person’s.');
  const grants = await readGrants(database, { officerId: id });
  const names = new Map(grants.map((grant) => [grant.organizationId, grant.organizationName]));
  const organizations = [...names].map(([organizationId, organizationName]) => ({ id: organizationId, name: organizationName }));
  const organizationId = chosen(context, organizations);
  const here = grants.filter((grant) => grant.organizationId === organizationId);
  return {
    ...{ organizationId, id: `officer-${id}`, permissions: permissionsOf(here), address: addressOf(context) },
    post: here.find(({ post }) => post !== null)?.post ?? null,
    within: whereMay(here, 'requests.read', desks().get(organizationId)?.responsibility),
    language: accepted(context) ?? language,
    officer: { id, name, email, language, organizations, grants: here, session: session.session.id },
  };
}

/** Another page may make the browser send the cookie, but neither this header nor our origin. */
function refuseForeign(context: Context): void {
  if (['GET', 'HEAD'].includes(context.req.method)) return;
  const site = context.req.header('sec-fetch-site');
  const same = site === undefined || site === 'same-origin';
  if (same && context.req.header(CONSOLE_HEADER) !== undefined) return;
  refuse('api:foreign-page', `What changes something comes from the console itself, with the header ${CONSOLE_HEADER}.`);
}

/** The organization that the caller names, by id; else the officer's first. */
function chosen(context: Context, organizations: readonly Place[]): number {
  // An EventSource sends no headers of ours.
  const wanted = context.req.header(ORGANIZATION_HEADER) ?? context.req.query('organization');
  const found = wanted === undefined ? organizations[0] : organizations.find(({ id }) => String(id) === wanted);
  return found?.id ?? refuse('api:no-organization', 'This account has no role in that organization.');
}

function accepted(context: Context): string | undefined {
  const type = parseAccept(context.req.header('accept-language') ?? '')[0]?.type;
  return type === '*' ? undefined : type;
}
