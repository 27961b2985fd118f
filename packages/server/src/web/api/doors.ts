/** What the sign-in page must know before anybody is signed in. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { hasOfficers } from '../../auth/set-up.ts';
import type { ApiDeps, ApiEnv } from './admit.ts';

const doorsSchema = z
  .object({
    provider: z.boolean().openapi({ description: 'Officers may come in by OpenID Connect.' }),
    setUp: z.boolean().openapi({ description: 'Nobody may come in yet: the server has printed a link for the first run.' }),
  })
  .openapi('Doors');

export function addDoors(api: OpenAPIHono<ApiEnv>, { database, doors, setUpSecret }: ApiDeps): void {
  const route = createRoute({
    ...{ method: 'get', path: '/doors', summary: 'Ways to sign in besides password and passkey', security: [] },
    responses: { 200: { description: 'The ways', content: { 'application/json': { schema: doorsSchema } } } },
  });
  api.openapi(route, async (context) => {
    const setUp = setUpSecret !== undefined && !(await hasOfficers(database));
    return context.json({ ...doors, setUp }, 200);
  });
}
