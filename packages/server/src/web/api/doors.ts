/** What the sign-in page must know before anybody is signed in. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps, ApiEnv } from './admit.ts';

const doorsSchema = z
  .object({ provider: z.boolean().openapi({ description: 'Officers may come in by OpenID Connect.' }) })
  .openapi('Doors');

export function addDoors(api: OpenAPIHono<ApiEnv>, { doors }: ApiDeps): void {
  const route = createRoute({
    ...{ method: 'get', path: '/doors', summary: 'Ways to sign in besides password and passkey', security: [] },
    responses: { 200: { description: 'The ways', content: { 'application/json': { schema: doorsSchema } } } },
  });
  api.openapi(route, (context) => context.json(doors, 200));
}
