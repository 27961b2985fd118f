/** Who calls: a bearer key names its organization, its post and what it may do, and is not used too often. */
import { createCallCounter, findKey, type Open311Key, type RequestDesk, type RequestDesks, type Scope } from '@hazir/services';
import type { Database } from '@hazir/store';
import { createMiddleware } from 'hono/factory';
import { parseAccept } from 'hono/utils/accept';
import { refuse } from './problems.ts';

export interface ApiDeps {
  database: Database;
  /** What the packs of the organizations say, as they are now. */
  desks: () => RequestDesks;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Told of what is a fault of ours. */
  failed: (error: unknown) => void;
}

export interface Caller {
  key: Open311Key;
  desk: RequestDesk;
  /** May read words, addresses and exact places. */
  details: boolean;
  /** BCP-47: in which names are told. */
  language: string;
}

export interface ApiEnv {
  Variables: { caller: Caller };
}

const MOST_KEY = 200;

/** Makes the check of a scope, for routes. */
export function createAdmission({ database, desks, now }: ApiDeps) {
  const calls = createCallCounter(now);
  return (scope: Scope) =>
    createMiddleware<ApiEnv>(async (context, next) => {
      const text = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? '';
      const key = text === '' || text.length > MOST_KEY ? undefined : await findKey(database, text);
      if (key === undefined) return refuse('api:key', 'The call needs a valid key: Authorization: Bearer …');
      if (!calls.count(key.id, key.perMinute))
        return refuse('api:too-often', `This key may be used ${key.perMinute} times a minute.`);
      if (!key.scopes.includes(scope)) return refuse('api:scope', `This key is not for "${scope}".`);
      const desk = desks().get(key.organizationId);
      if (desk === undefined) return refuse('api:not-found', 'This organization has no service requests.');
      const [accepted] = parseAccept(context.req.header('accept-language') ?? '');
      const language = accepted?.type ?? desk.defaultLanguage;
      context.set('caller', { key, desk, language, details: key.scopes.includes('details') });
      await next();
    });
}
