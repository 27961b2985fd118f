/** The templates of a number's pack: how Meta has judged each, what the citizen sees, and giving one to review. */
import type { CompiledPack } from '@hazir/flow';
import type { Channel } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { reviewTemplates, submitTemplate } from '../../numbers/review-templates.ts';
import type { ApiDeps, ApiEnv, createAdmission } from './admit.ts';
import { channelOf, record } from './channels.ts';
import { problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';

const params = z.object({ channel: z.coerce.number().int().positive() });
const templateSchema = z
  .object({
    ...{ name: z.string(), language: z.string(), category: z.string(), parameters: z.array(z.string()) },
    ...{ body: z.string(), footer: z.string().nullable(), buttons: z.array(z.string()) },
    status: z.string().openapi({ description: 'In Meta’s words: APPROVED, PENDING, REJECTED …; MISSING: Meta has none.' }),
    reason: z.string().nullable(),
    differs: z.boolean().openapi({ description: 'Meta has another wording than the pack.' }),
  })
  .openapi('Template');
const listed = z.object({ templates: z.array(templateSchema) }).openapi('Templates');
const chosen = z.strictObject({ name: text(512).min(1), language: text(20).min(1) });

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addTemplates(...[api, deps, admission]: Adding): void {
  const answers = { 200: { description: 'All of them', content: { 'application/json': { schema: listed } } } };
  const list = createRoute({
    ...{ method: 'get', path: '/channels/{channel}/templates', security: SECURITY },
    middleware: [admission('channels.manage')] as const,
    ...{ summary: 'The templates of the number’s pack, as they stand at Meta now', request: { params } },
    responses: { ...answers, ...problemsOf(400, 401, 403, 404, 422, 429) },
  });
  api.openapi(list, async (context) => {
    const channel = await channelOf(deps, context.get('caller'), context.req.valid('param').channel);
    return context.json(await templatesOf(deps, channel), 200);
  });
  const submit = createRoute({
    ...{ method: 'post', path: '/channels/{channel}/templates', security: SECURITY },
    middleware: [admission('channels.manage')] as const,
    summary: 'Gives Meta a template to review, or another wording of one that it has',
    request: { params, body: { required: true, content: { 'application/json': { schema: chosen } } } },
    responses: { ...answers, ...problemsOf(400, 401, 403, 404, 422, 429) },
  });
  api.openapi(submit, async (context) => {
    const caller = context.get('caller');
    const channel = await channelOf(deps, caller, context.req.valid('param').channel);
    const { name, language } = context.req.valid('json');
    const pack = await packOf(deps, channel);
    const answer = await submitTemplate(channel, pack, { name, language });
    if (answer === undefined) return refuse('channels:no-template', 'The pack has no such template.');
    if (!answer.ok) return refuse('channels:refused', answer.problem);
    await record(deps, caller, { action: 'template.submitted', channel, details: { name, language } });
    return context.json(await templatesOf(deps, channel), 200);
  });
}

async function packOf({ packsOf }: ApiDeps, { organizationId, pack }: Channel): Promise<CompiledPack> {
  const found = (await packsOf(organizationId)).find(({ id }) => id === pack);
  return found ?? refuse('channels:no-pack', 'The organization has not published the pack of this number.');
}

async function templatesOf(deps: ApiDeps, channel: Channel): Promise<z.infer<typeof listed>> {
  const pack = await packOf(deps, channel);
  const reviewed = await reviewTemplates(channel, pack);
  if ('problem' in reviewed) return refuse('channels:refused', reviewed.problem);
  const templates = reviewed.templates.flatMap(({ reason, ...one }) => {
    const template = pack.templates.get(one.name);
    const words = template?.languages[one.language];
    if (template === undefined || words === undefined) return [];
    const { body, footer, buttons } = words;
    const { parameters } = template;
    return [
      { ...one, reason: reason ?? null, parameters, body, footer: footer ?? null, buttons: buttons.map(({ label }) => label) },
    ];
  });
  return { templates };
}
