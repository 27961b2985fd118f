/** Who is signed in, and what they may do where. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { PERMISSIONS } from '../../auth/policies.ts';
import type { ApiDeps, ApiEnv, createAdmission } from './admit.ts';
import { problemsOf, SECURITY } from './contract.ts';
import { refuse } from './problems.ts';

const organization = z.object({ id: z.number().int(), name: z.string() });
const meSchema = z
  .object({
    officer: z.object({ id: z.string(), name: z.string(), email: z.string(), language: z.string() }),
    organization: organization.extend({ languages: z.array(z.string()) }),
    organizations: z.array(organization).openapi({ description: 'Choose another with the header x-hazir-organization.' }),
    roles: z.array(
      z.object({
        role: z.string(),
        department: z.string().nullable(),
        area: z.string().nullable(),
        post: z.string().nullable(),
      }),
    ),
    permissions: z.array(z.enum(PERMISSIONS)),
  })
  .openapi('Me');

export function addMe(api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>): void {
  const route = createRoute({
    ...{ method: 'get', path: '/me', security: SECURITY, middleware: [admission()] as const },
    summary: 'Who is signed in, in which organization, and what they may do',
    responses: {
      200: { description: 'The officer', content: { 'application/json': { schema: meSchema } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const { officer, organizationId, permissions } = context.get('caller');
    if (officer === undefined) return refuse('api:sign-in', 'A key is no officer.');
    const { id, name, email, language, organizations, grants } = officer;
    const here = organizations.find((one) => one.id === organizationId);
    return context.json(
      meSchema.parse({
        officer: { id, name, email, language },
        organization: { id: organizationId, name: here?.name ?? '', languages: deps.languagesOf(organizationId) },
        organizations,
        roles: grants,
        permissions: PERMISSIONS.filter((one) => permissions.has(one)),
      }),
      200,
    );
  });
}
