/** Requests at a glance: how many there are in each area and kind of state, and where the areas lie. */
import { countByArea } from '@hazir/services';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps, ApiEnv, createAdmission } from './admit.ts';
import { kindSchema, viewOf } from './cards.ts';
import { problemsOf, SECURITY, text } from './contract.ts';

const word = text(100).optional();
const countsSchema = z
  .object({
    areas: z.array(
      z.object({
        area: z.string().nullable(),
        kind: kindSchema,
        count: z.number().int(),
        overdue: z.number().int(),
        soon: z.number().int().openapi({ description: 'Due within a day.' }),
      }),
    ),
  })
  .openapi('Counts');
const boundariesSchema = z
  .object({
    areas: z.array(
      z.object({
        code: z.string(),
        polygons: z
          .array(z.array(z.array(z.array(z.number()))))
          .openapi({ description: 'As the coordinates of a GeoJSON MultiPolygon: [longitude, latitude].' }),
      }),
    ),
  })
  .openapi('Boundaries');

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addCounting(...[api, deps, admission]: Adding): void {
  const counts = createRoute({
    ...{ method: 'get', path: '/requests/counts', security: SECURITY, middleware: [admission('requests.read')] as const },
    summary: 'How many are not closed, by area and kind of state',
    request: { query: z.object({ department: word, area: word, category: word, post: word }) },
    responses: {
      200: { description: 'The numbers', content: { 'application/json': { schema: countsSchema } } },
      ...problemsOf(400, 401, 403, 429),
    },
  });
  api.openapi(counts, async (context) => {
    const { organizationId, within } = context.get('caller');
    const asked = context.req.valid('query');
    const areas = await countByArea(deps.database, { ...asked, organizationId, within, now: new Date(deps.now()) });
    return context.json({ areas }, 200);
  });
  const boundaries = createRoute({
    ...{ method: 'get', path: '/requests/boundaries', security: SECURITY, middleware: [admission('requests.read')] as const },
    summary: 'Where the areas lie, as the pack knows it (openData.areas)',
    responses: {
      200: { description: 'The areas', content: { 'application/json': { schema: boundariesSchema } } },
      ...problemsOf(401, 403, 404, 429),
    },
  });
  api.openapi(boundaries, (context) => {
    const { desk } = viewOf(deps, context.get('caller'));
    return context.json({ areas: [...(desk.boundaries ?? [])] }, 200);
  });
}
