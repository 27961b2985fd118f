/** The numbers that citizens write to: how each stands at Meta now, letting a stopped one send again, and connecting another. */
import { randomBytes } from 'node:crypto';
import { type Channel, listChannels, resumeChannel, saveChannel } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Audited, recordAudit } from '../../auth/record-audit.ts';
import { CHECKS, type Examined, examineNumber } from '../../numbers/examine-number.ts';
import { askGraph } from '../../numbers/graph.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';

const VERSION = 'v25.0';
const MESSAGES_PER_SECOND = 80;
const graphId = z.string().regex(/^\d{1,40}$/);
const secret = text(1_000).trim().min(1);
const params = z.object({ channel: z.coerce.number().int().positive() });

const channelSchema = z
  .object({
    ...{ id: z.number().int(), name: z.string(), displayPhone: z.string().nullable() },
    ...{ phoneNumberId: z.string(), businessId: z.string(), pack: z.string(), stoppedReason: z.string().nullable() },
  })
  .openapi('Channel');
const listed = z
  .object({
    channels: z.array(channelSchema),
    webhookUrl: z.string(),
    packs: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .openapi('Channels');
const healthSchema = z
  .object({
    verifiedName: z.string().nullable(),
    displayPhone: z.string().nullable(),
    findings: z.array(z.object({ check: z.enum(CHECKS), state: z.enum(['ok', 'warn', 'bad']), detail: z.string() })),
  })
  .openapi('ChannelHealth');
const typed = z.strictObject({ phoneNumberId: graphId, businessId: graphId, accessToken: secret });
const connecting = typed.extend({ appSecret: secret, name: text(100).trim().min(1), pack: text(100).min(1) });
const connected = z
  .object({ channel: channelSchema, verifyToken: z.string().openapi({ description: 'For Meta’s page, shown this once.' }) })
  .openapi('ConnectedChannel');

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addChannels(...adding: Adding): void {
  addList(...adding);
  addHealth(...adding);
  addChecks(...adding);
  addConnecting(...adding);
  addActs(...adding);
}

function addList(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/channels', security: SECURITY, middleware: [admission('channels.manage')] as const },
    summary: 'The numbers of the organization, and what is needed to connect another',
    responses: {
      200: { description: 'All of them', content: { 'application/json': { schema: listed } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const { organizationId, language } = context.get('caller');
    const all = await listChannels(deps.database);
    const channels = all.filter((one) => one.organizationId === organizationId).map(cardOf);
    const packs = (await deps.packsOf(organizationId)).map(({ id, names, defaultLanguage }) => ({
      ...{ id, name: names[language] ?? names[defaultLanguage] ?? id },
    }));
    return context.json({ channels, packs, webhookUrl: deps.webhookUrl }, 200);
  });
}

function addHealth(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/channels/{channel}/health', security: SECURITY },
    middleware: [admission('channels.manage')] as const,
    ...{ summary: 'How a number stands at Meta, asked now', request: { params } },
    responses: {
      200: { description: 'What was found', content: { 'application/json': { schema: healthSchema } } },
      ...problemsOf(400, 401, 403, 404, 429),
    },
  });
  api.openapi(route, async (context) => {
    const channel = await channelOf(deps, context.get('caller'), context.req.valid('param').channel);
    return context.json(healthOf(await examineNumber(channel, deps.webhookUrl)), 200);
  });
}

function addChecks(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'post', path: '/channels/checks', security: SECURITY },
    middleware: [admission('channels.manage')] as const,
    summary: 'Whether ids and token open a number at Meta; nothing is kept',
    request: { body: { required: true, content: { 'application/json': { schema: typed } } } },
    responses: {
      200: { description: 'What was found', content: { 'application/json': { schema: healthSchema } } },
      ...problemsOf(400, 401, 403, 429),
    },
  });
  api.openapi(route, async (context) =>
    context.json(healthOf(await examineNumber(accountOf(deps, context.req.valid('json')), undefined)), 200),
  );
}

function addConnecting(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'post', path: '/channels', security: SECURITY, middleware: [admission('channels.manage')] as const },
    summary: 'Connects a number, when Meta knows it by ids and token; for one that is there, new secrets',
    request: { body: { required: true, content: { 'application/json': { schema: connecting } } } },
    responses: {
      200: { description: 'The number', content: { 'application/json': { schema: connected } } },
      ...problemsOf(400, 401, 403, 409, 422, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { organizationId } = caller;
    const { appSecret, name, pack, ...given } = context.req.valid('json');
    const account = accountOf(deps, given);
    if (!(await deps.packsOf(organizationId)).some(({ id }) => id === pack))
      return refuse('channels:no-pack', 'The organization has not published this pack.');
    const { findings, displayPhone } = await examineNumber(account, undefined);
    const bad = findings.find(({ check, state }) => check === 'token' && state === 'bad');
    if (bad !== undefined) return refuse('channels:refused', bad.detail);
    const verifyToken = randomBytes(24).toString('base64url');
    const saved = await deps.database.transaction(async (tx) => {
      const channel = await saveChannel(tx, {
        ...{ ...account, organizationId, channelType: 'whatsapp', name, pack, appSecret, verifyToken },
        displayPhone: displayPhone ?? null,
        ...{ appId: null, messagesPerSecond: MESSAGES_PER_SECOND, readReceipts: true },
      });
      await record(deps, caller, { action: 'channel.connected', channel }, tx);
      return channel;
    });
    return context.json({ channel: cardOf(saved), verifyToken }, 200);
  });
}

/** What is done to a number that is there. */
function addActs(...[api, deps, admission]: Adding): void {
  const acts = [
    {
      ...{
        name: 'resumptions',
        summary: 'Lets a stopped number send again; its queue was kept',
        action: 'channel.resumed' as const,
      },
      perform: async ({ id }: Channel) => {
        if (!(await resumeChannel(deps.database, id))) refuse('channels:not-stopped', 'The number is not stopped.');
      },
    },
    {
      ...{ name: 'subscriptions', summary: 'Lets Meta send what citizens write', action: 'channel.subscribed' as const },
      perform: async (channel: Channel) => {
        const asked = await askGraph(channel, { method: 'POST', path: `${channel.businessId}/subscribed_apps`, body: {} });
        if (!asked.ok) refuse('channels:refused', asked.problem);
      },
    },
  ] as const;
  for (const { name, summary, action, perform } of acts) {
    const route = createRoute({
      ...{ method: 'post', path: `/channels/{channel}/${name}`, summary, security: SECURITY },
      middleware: [admission('channels.manage')] as const,
      request: { params },
      responses: {
        200: { description: 'The number then', content: { 'application/json': { schema: channelSchema } } },
        ...problemsOf(400, 401, 403, 404, 409, 422, 429),
      },
    });
    api.openapi(route, async (context) => {
      const caller = context.get('caller');
      const id = params.parse({ channel: context.req.param('channel') }).channel;
      const channel = await channelOf(deps, caller, id);
      await perform(channel);
      await record(deps, caller, { action, channel });
      return context.json(cardOf(await channelOf(deps, caller, id)), 200);
    });
  }
}

/** A number of the caller's organization; another's is as little there as none. */
export async function channelOf({ database }: ApiDeps, { organizationId }: Caller, id: number): Promise<Channel> {
  const found = (await listChannels(database)).find((one) => one.id === id && one.organizationId === organizationId);
  return found ?? refuse('channels:not-found', 'The organization has no such number.');
}

export function record(
  deps: ApiDeps,
  { organizationId, id: actor, address }: Caller,
  { action, channel, details = {} }: { action: Audited; channel: Channel; details?: Record<string, string> },
  tx: Parameters<typeof recordAudit>[0] = deps.database,
): Promise<void> {
  const subject = channel.displayPhone ?? channel.accountId;
  return recordAudit(tx, { organizationId, actor, address, action, subject, details, now: new Date(deps.now()) });
}

function accountOf({ graphUrl }: ApiDeps, { phoneNumberId, businessId, accessToken }: z.infer<typeof typed>) {
  return { baseUrl: graphUrl, version: VERSION, accountId: phoneNumberId, businessId, accessToken };
}

function cardOf({ id, name, displayPhone, accountId, businessId, pack, stoppedReason }: Channel) {
  return { id, name, displayPhone, phoneNumberId: accountId, businessId, pack, stoppedReason };
}

function healthOf({ verifiedName, displayPhone, findings }: Examined) {
  return { verifiedName: verifiedName ?? null, displayPhone: displayPhone ?? null, findings };
}
