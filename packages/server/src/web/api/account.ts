/** An officer's own account: where they are signed in, and by what. Passwords, codes and passkeys themselves are changed below /api/auth. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { endOtherSessions, endSession, hasPassword, listPasskeys, listSessions, setLanguage } from '../../auth/account.ts';
import { officerWith } from '../../auth/officers.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission, SignedIn } from './admit.ts';
import { problemsOf, SECURITY } from './contract.ts';
import { refuse } from './problems.ts';

const moment = z.iso.datetime();
const accountSchema = z
  .object({
    language: z.string(),
    hasPassword: z.boolean().openapi({ description: 'false: signs in by a passkey or a provider only.' }),
    twoFactor: z.boolean(),
    sessions: z.array(
      z.object({
        ...{ id: z.uuid(), address: z.string().nullable(), userAgent: z.string().nullable() },
        ...{ createdAt: moment, usedAt: moment, current: z.boolean() },
      }),
    ),
    passkeys: z.array(z.object({ id: z.uuid(), name: z.string().nullable(), createdAt: moment })),
  })
  .openapi('Account');
const done = { 200: { description: 'The account then', content: { 'application/json': { schema: accountSchema } } } };

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addAccount(...[api, deps, admission]: Adding): void {
  const { database } = deps;
  const answer = (caller: Caller) => accountOf(deps, officerIn(caller));
  const look = createRoute({
    ...{ method: 'get', path: '/account', security: SECURITY, middleware: [admission()] as const },
    summary: 'The own account: sessions, passkeys, second factor',
    responses: { ...done, ...problemsOf(401, 403, 429) },
  });
  api.openapi(look, async (context) => context.json(await answer(context.get('caller')), 200));
  const end = createRoute({
    ...{ method: 'delete', path: '/account/sessions/{session}', security: SECURITY, middleware: [admission()] as const },
    ...{ summary: 'Ends a session of one’s own', request: { params: z.object({ session: z.uuid() }) } },
    responses: { ...done, ...problemsOf(400, 401, 403, 404, 429) },
  });
  api.openapi(end, async (context) => {
    const caller = context.get('caller');
    if (!(await endSession(database, officerIn(caller).id, context.req.valid('param').session)))
      return refuse('account:no-session', 'There is no such session, or it is over.');
    return context.json(await answer(caller), 200);
  });
  const endOthers = createRoute({
    ...{ method: 'delete', path: '/account/sessions', security: SECURITY, middleware: [admission()] as const },
    summary: 'Ends every session but this one',
    responses: { ...done, ...problemsOf(401, 403, 429) },
  });
  api.openapi(endOthers, async (context) => {
    const caller = context.get('caller');
    const { id, session } = officerIn(caller);
    await endOtherSessions(database, id, session);
    return context.json(await answer(caller), 200);
  });
  const speak = createRoute({
    ...{ method: 'post', path: '/account/language', security: SECURITY, middleware: [admission()] as const },
    summary: 'The language in which names are told where a call names none',
    request: {
      body: { required: true, content: { 'application/json': { schema: z.strictObject({ language: z.enum(['en', 'hi']) }) } } },
    },
    responses: { ...done, ...problemsOf(400, 401, 403, 429) },
  });
  api.openapi(speak, async (context) => {
    const caller = context.get('caller');
    await setLanguage(database, officerIn(caller).id, context.req.valid('json').language);
    return context.json(await answer(caller), 200);
  });
}

function officerIn({ officer }: Caller): SignedIn {
  return officer ?? refuse('api:sign-in', 'A key is no officer.');
}

async function accountOf({ database }: ApiDeps, { id, session }: SignedIn): Promise<z.infer<typeof accountSchema>> {
  const officer = await officerWith(database, id);
  const sessions = await listSessions(database, id);
  const passkeys = await listPasskeys(database, id);
  return {
    ...{ language: officer?.language ?? 'en', twoFactor: officer?.twoFactor ?? false },
    hasPassword: await hasPassword(database, id),
    sessions: sessions.map(({ createdAt, usedAt, ...one }) => ({
      ...{ ...one, current: one.id === session },
      ...{ createdAt: createdAt.toISOString(), usedAt: usedAt.toISOString() },
    })),
    passkeys: passkeys.map(({ createdAt, ...one }) => ({ ...one, createdAt: createdAt.toISOString() })),
  };
}
