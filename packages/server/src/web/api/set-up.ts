/** The first run, over HTTP: by the link that the server prints. */
import { createCallCounter } from '@hazir/services';
import { listOrganizations } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { LEAST_PASSWORD, MOST_PASSWORD } from '../../auth/open-auth.ts';
import { hasOfficers, isSetUpSecret, setUp } from '../../auth/set-up.ts';
import { addressOf } from '../auth.ts';
import type { ApiDeps, ApiEnv } from './admit.ts';
import { problemsOf, text } from './contract.ts';
import { refuse } from './problems.ts';

const PER_MINUTE = 30;
const organization = z.object({ slug: z.string(), name: z.string() });
const secret = text(100).min(1).openapi({ description: 'What stands behind "#" in the link.' });
const lookedSchema = z
  .object({ organizations: z.array(organization).openapi({ description: 'That are there already: one of them is chosen.' }) })
  .openapi('FirstRun');
const given = z.strictObject({
  secret,
  organization: z.strictObject({
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(40)
      .openapi({ description: 'Short name, for commands.' }),
    name: text(100).trim().min(1),
  }),
  officer: z.strictObject({
    ...{ email: z.email().max(200).toLowerCase(), name: text(100).trim().min(1) },
    ...{ password: text(MOST_PASSWORD).min(LEAST_PASSWORD), language: z.enum(['en', 'hi']).default('en') },
  }),
});

export function addSetUp(api: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { database } = deps;
  const calls = createCallCounter(deps.now);
  const admit = async (context: Context, said: string) => {
    if (!calls.count(addressOf(context), PER_MINUTE)) return refuse('api:too-often', 'Please wait a minute.');
    if (deps.setUpSecret === undefined || (await hasOfficers(database)))
      return refuse('set-up:done', 'This server has its officers already.');
    if (!isSetUpSecret(said, deps.setUpSecret)) return refuse('set-up:link', 'This is not the link that the server has printed.');
  };
  const body = (schema: z.ZodType) => ({
    request: { body: { required: true, content: { 'application/json': { schema } } } },
  });
  const look = createRoute({
    ...{ method: 'post', path: '/set-up/look', summary: 'What is there before the first run', security: [] },
    ...body(z.strictObject({ secret })),
    responses: {
      200: { description: 'What is there', content: { 'application/json': { schema: lookedSchema } } },
      ...problemsOf(400, 403, 409, 429),
    },
  });
  api.openapi(look, async (context) => {
    const { secret: said } = z.strictObject({ secret }).parse(JSON.parse(await context.req.text()));
    await admit(context, said);
    const organizations = (await listOrganizations(database)).map(({ slug, name }) => ({ slug, name }));
    return context.json({ organizations }, 200);
  });
  const make = createRoute({
    ...{ method: 'post', path: '/set-up', summary: 'Makes the organization and its first administrator, once', security: [] },
    ...body(given),
    responses: {
      200: { description: 'The organization', content: { 'application/json': { schema: organization } } },
      ...problemsOf(400, 403, 409, 422, 429),
    },
  });
  api.openapi(make, async (context) => {
    const { secret: said, ...wanted } = given.parse(JSON.parse(await context.req.text()));
    await admit(context, said);
    const { slug, name } = await database.transaction((tx) => setUp(tx, wanted, new Date(deps.now())));
    return context.json({ slug, name }, 200);
  });
}
