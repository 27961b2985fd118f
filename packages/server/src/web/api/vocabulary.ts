/** The words of an organization's service requests, in the caller's language: what lists are filtered by, and where a request may go. */
import { departmentName, textIn } from '@hazir/services';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps, ApiEnv, createAdmission } from './admit.ts';
import { type View, viewOf } from './cards.ts';
import { problemsOf, SECURITY } from './contract.ts';

const named = z.object({ code: z.string(), name: z.string() });
const vocabularySchema = z
  .object({
    categories: z.array(named.extend({ parent: z.string().nullable() })),
    departments: z.array(named),
    areas: z.array(z.string()).openapi({ description: 'Codes of the areas that posts answer for.' }),
    posts: z.array(named.extend({ department: z.string(), areas: z.array(z.string()) })),
  })
  .openapi('Vocabulary');

export function addVocabulary(api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>): void {
  const route = createRoute({
    ...{ method: 'get', path: '/requests/vocabulary', security: SECURITY, middleware: [admission('requests.read')] as const },
    summary: 'Categories, departments, areas and posts, by their names in the language of the call',
    responses: {
      200: { description: 'The words', content: { 'application/json': { schema: vocabularySchema } } },
      ...problemsOf(401, 403, 404, 429),
    },
  });
  api.openapi(route, (context) => context.json(vocabularyOf(viewOf(deps, context.get('caller'))), 200));
}

export function vocabularyOf({ desk, language }: Pick<View, 'desk' | 'language'>): z.infer<typeof vocabularySchema> {
  const { categories, responsibility, defaultLanguage } = desk;
  const nameOf = (text: Parameters<typeof textIn>[0]) => textIn(text, language, defaultLanguage);
  const posts = [...responsibility.posts.values()];
  const codes = new Set([...responsibility.departments.keys(), ...categories.all.map(({ department }) => department)]);
  return {
    categories: categories.all.map(({ code, name, parent = null }) => ({ code, name: nameOf(name), parent })),
    departments: [...codes].map((code) => ({ code, name: departmentName(desk, code, language) })),
    areas: [...new Set(posts.flatMap(({ areas }) => areas))].sort(),
    posts: posts.map(({ code, name, department, areas }) => ({ code, name: nameOf(name), department, areas: [...areas] })),
  };
}
