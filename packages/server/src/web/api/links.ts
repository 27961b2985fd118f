/** One-time links: whoever was given one sees whose account it is, chooses its password, and signs in. Nobody is signed in for these calls. */
import { createCallCounter } from '@hazir/services';
import type { Database } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { dropLinks, officerOfLink } from '../../auth/links.ts';
import { type Officer, officerWith, readGrants, resetPassword } from '../../auth/officers.ts';
import { LEAST_PASSWORD, MOST_PASSWORD } from '../../auth/open-auth.ts';
import { recordAudit } from '../../auth/record-audit.ts';
import { addressOf } from '../auth.ts';
import type { ApiDeps, ApiEnv } from './admit.ts';
import { problemsOf, text } from './contract.ts';
import { refuse } from './problems.ts';

const PER_MINUTE = 30;
const link = text(100).min(1).openapi({ description: 'What stands behind "#" in the link.' });
const ownerSchema = z.object({ name: z.string(), email: z.string(), language: z.string() }).openapi('LinkOwner');
const looking = z.strictObject({ link });
const using = z.strictObject({ link, password: text(MOST_PASSWORD).min(LEAST_PASSWORD) });

export function addLinks(api: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { database, now: clock } = deps;
  addCall(api, deps, { name: 'look', summary: 'Whose link it is', body: looking }, ({ link: secret }) =>
    ownerOf(database, secret, new Date(clock())),
  );
  addCall(api, deps, { name: 'use', summary: 'A new password, once; what was before is taken away', body: using }, use);

  function use({ link: secret, password }: z.infer<typeof using>, address: string): Promise<Officer> {
    const now = new Date(clock());
    return database.transaction(async (tx) => {
      const officer = await ownerOf(tx, secret, now);
      await dropLinks(tx, officer.id);
      await resetPassword(tx, officer.id, password);
      const places = new Set((await readGrants(tx, { officerId: officer.id })).map(({ organizationId }) => organizationId));
      const actor = `officer-${officer.id}`;
      for (const organizationId of places)
        await recordAudit(tx, { organizationId, actor, address, action: 'team.entered', subject: actor, now });
      return officer;
    });
  }
}

async function ownerOf(tx: Pick<Database, 'query'>, secret: string, now: Date): Promise<Officer> {
  const id = await officerOfLink(tx, secret, now);
  const officer = id === undefined ? undefined : await officerWith(tx, id);
  if (officer === undefined || officer.disabledAt !== null)
    return refuse('team:link-gone', 'This link was used, is too old, or there is a newer one.');
  return officer;
}

interface Call<Body> {
  name: 'look' | 'use';
  summary: string;
  body: Body;
}

function addCall<Body extends z.ZodType>(
  api: OpenAPIHono<ApiEnv>,
  deps: ApiDeps,
  { name, summary, body }: Call<Body>,
  perform: (given: z.infer<Body>, address: string) => Promise<Officer>,
): void {
  const calls = createCallCounter(deps.now);
  const route = createRoute({
    ...{ method: 'post', path: `/links/${name}`, summary, security: [] },
    request: { body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: {
      200: { description: 'Whose it is', content: { 'application/json': { schema: ownerSchema } } },
      ...problemsOf(400, 404, 413, 429),
    },
  });
  api.openapi(route, async (context) => {
    const address = addressOf(context);
    if (!calls.count(address, PER_MINUTE)) return refuse('api:too-often', 'Please wait a minute.');
    const { name: called, email, language } = await perform(body.parse(JSON.parse(await context.req.text())), address);
    return context.json({ name: called, email, language }, 200);
  });
}
