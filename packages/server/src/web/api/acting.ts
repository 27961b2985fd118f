/** Officers' programs act: each address is one of the commands that every desk shares, in one transaction, repeatable under an idempotency key. */
import type { JsonObject } from '@hazir/core';
import { type Acting, addNote, mergeRequests, moveRequest, type RequestDesk, transferRequest } from '@hazir/services';
import { freshId, type Tx } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { recordAudit } from '../../auth/record-audit.ts';
import { type ApiDeps, type ApiEnv, type Caller, type createAdmission, deskOf } from './admit.ts';
import { actorOf, standingOf, standingSchema } from './cards.ts';
import { idempotency, problemsOf, referenceParameter, SECURITY, text } from './contract.ts';
import { findSeen, storedReference } from './looking.ts';
import { refuse } from './problems.ts';
import { repeatable } from './repeatable.ts';

const MOST_NOTE = 4_000;
const MOST_PHOTOS = 10;
const code = text(100).min(1);
const changing = {
  note: text(MOST_NOTE).optional().openapi({ description: 'What the citizen reads about it.' }),
  version: z.number().int().positive().optional().openapi({ description: 'The version that the officer saw.' }),
};
const photo = z.object({
  file: text(200).min(1),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  takenAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
});

type Perform<Body> = (
  tx: Tx,
  desk: RequestDesk,
  given: Acting & { reference: string; body: Body },
) => ReturnType<typeof moveRequest>;

type ActionName = 'moves' | 'notes' | 'transfers' | 'assignments' | 'merges';

interface Action<Body extends z.ZodType> {
  /** Last part of the address. */
  name: ActionName;
  summary: string;
  body: Body;
  perform: Perform<z.infer<Body>>;
}

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

/** Adds the routes that change requests. */
export function addActing(...adding: Adding): void {
  addAction(adding, {
    name: 'moves',
    summary: 'Makes a move of the life cycle',
    body: z.strictObject({
      move: code,
      reason: code.optional(),
      photos: z.array(photo).max(MOST_PHOTOS).optional(),
      ...changing,
    }),
    perform: (tx, desk, { body: { version, ...body }, ...acting }) =>
      moveRequest(tx, desk, { ...acting, ...body, expectedVersion: version }),
  });
  addAction(adding, {
    name: 'notes',
    summary: 'Writes a note, of which those hear whom the pack names',
    body: z.strictObject({ ...changing, note: text(MOST_NOTE).min(1) }),
    perform: (tx, desk, { body: { note, version }, ...acting }) =>
      addNote(tx, desk, { ...acting, note, expectedVersion: version }),
  });
  addAction(adding, {
    name: 'transfers',
    summary: '"Not ours": hands it to whom it belongs; the clock goes on',
    body: z.strictObject({
      to: z.strictObject({ category: code, department: code, area: code, post: code }).partial(),
      ...changing,
    }),
    perform: (tx, desk, { body: { to, note, version }, ...acting }) =>
      transferRequest(tx, desk, { ...acting, to, note, expectedVersion: version }),
  });
  addAction(adding, {
    name: 'assignments',
    summary: 'Gives it to a post',
    body: z.strictObject({ post: code, ...changing }),
    perform: (tx, desk, { body: { post, note, version }, ...acting }) =>
      transferRequest(tx, desk, { ...acting, to: { post }, note, expectedVersion: version }),
  });
  addAction(adding, {
    name: 'merges',
    summary: 'Joins it with another; its citizens hear of that one from then on',
    body: z.strictObject({ into: text(200), ...changing }),
    perform: (tx, desk, { body: { into, note, version }, ...acting }) =>
      mergeRequests(tx, desk, { ...acting, into: storedReference(desk, into), note, expectedVersion: version }),
  });
}

function addAction<Body extends z.ZodType>([api, deps, admission]: Adding, { name, summary, body, perform }: Action<Body>): void {
  const route = createRoute({
    ...{ method: 'post', path: `/requests/{reference}/${name}`, summary, security: SECURITY },
    middleware: [admission('requests.act')] as const,
    request: {
      params: referenceParameter,
      headers: idempotency,
      body: { required: true, content: { 'application/json': { schema: body } } },
    },
    responses: {
      200: { description: 'How the request stands then', content: { 'application/json': { schema: standingSchema } } },
      ...problemsOf(400, 401, 403, 404, 409, 413, 422, 429),
    },
  });
  api.openapi(route, async (context) => {
    const sent = await context.req.text();
    const given = { caller: context.get('caller'), typed: context.req.param('reference') ?? '', name, sent };
    const idempotencyKey = context.req.header('idempotency-key');
    const answer = await act(deps, { ...given, idempotencyKey }, (tx, desk, acting) =>
      perform(tx, desk, { ...acting, body: body.parse(JSON.parse(sent)) }),
    );
    return context.json(standingSchema.parse(answer), 200);
  });
}

interface Call {
  caller: Caller;
  typed: string;
  name: ActionName;
  /** The body, as it came. */
  sent: string;
  idempotencyKey: string | undefined;
}

/** What is refused leaves nothing behind, so that the call may be made again. */
function act(
  deps: ApiDeps,
  { caller, typed, name, sent, idempotencyKey }: Call,
  perform: (tx: Tx, desk: RequestDesk, acting: Acting & { reference: string }) => ReturnType<typeof moveRequest>,
): Promise<JsonObject> {
  const { database, now: clock } = deps;
  const desk = deskOf(deps, caller);
  const { organizationId, id: actor, address } = caller;
  const reference = storedReference(desk, typed);
  const now = new Date(clock());
  const once = async (tx: Tx) => {
    const { contact_id: contactId } = await findSeen(tx, caller, reference);
    await recordAudit(tx, { organizationId, actor, address, action: `request.${name}`, subject: reference, contactId, now });
    const done = await perform(tx, desk, {
      organizationId,
      reference,
      actor: actorOf(caller),
      now,
      newId: () => freshId(clock()),
    });
    return done.ok ? standingOf(done.value) : refuse(done.error.code, done.error.message);
  };
  return repeatable(database, { caller, idempotencyKey, call: `${name}\n${reference}\n${sent}`, now }, once);
}
