/** The Graph API's front door: version, token, object, route; answers and refusals in Meta's envelope, and a log of both. */

import type { Json, JsonObject } from '@hazir/core';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { compact } from '../json.ts';
import type { NumberState, World } from '../world.ts';
import { findObject, type GraphCall } from './call.ts';
import { SWALLOWED } from './messages.ts';
import { readRequest } from './read-request.ts';
import { GraphRefusal, refusalResponse, refuse } from './refusal.ts';
import { type GraphAnswer, route } from './routes.ts';

/** Ends the connection of a request without an answer; false when it cannot. */
export type Hangup = () => boolean;

/** Answers one request below `/simulator/graph`; `path` is what follows it. */
export async function answerGraph(world: World, request: Request, at: { path: string; hangup: Hangup }): Promise<Response> {
  const at0 = world.schedule.now();
  const { slowMs } = world.faults;
  if (slowMs > 0) await new Promise<void>((resolve) => void world.schedule.after(slowMs, resolve));
  const url = new URL(request.url);
  const asked: Asked = { method: request.method, path: at.path, query: url.searchParams, body: null };
  const { status, body } = await answerOrRefusal(world, request, asked);
  const response: Json = body === SWALLOWED ? null : body;
  const text = JSON.stringify(response);
  const logged = { at: at0, method: asked.method, path: at.path + loggedQuery(url), body: asked.body, status, response };
  world.requests.add((seq) => ({ seq, ...logged }), text.length + Number(request.headers.get('content-length') ?? 0));
  if (body === SWALLOWED) return at.hangup() ? RESPONSE_ALREADY_SENT : brokenResponse();
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' },
  });
}

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  /** For the log; filled in when it was read. */
  body: Json;
}

async function answerOrRefusal(world: World, request: Request, asked: Asked): Promise<{ status: number; body: GraphAnswer }> {
  try {
    return { status: 200, body: await answer(world, request, asked) };
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    return refusalResponse(error.refusal, world.ids.trace());
  }
}

async function answer(world: World, request: Request, asked: Asked): Promise<GraphAnswer> {
  const [, version, id, edge = '', ...rest] = asked.path.replace(/\/$/, '').split('/');
  const major = Number(/^v(\d{1,3})\.\d{1,2}$/.exec(version ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(major) || id === undefined || rest.length > 0) return unknownPath(asked.path);
  const numbers = numbersOf(world, request, asked.query);
  if (numbers.length === 0) return refuse(190);
  const read = await readRequest(request);
  asked.body = read.file === undefined ? read.body : { ...read.body, file: describe(read.file) };
  const call: GraphCall = { world, version: major, query: asked.query, numbers, ...read };
  if (id === 'debug_token' && asked.method === 'GET') return debugToken(world, asked.query);
  const object = findObject(call, id);
  if (object !== undefined) return route(call, { object, method: asked.method, edge });
  if (!/^\d{1,40}$/.test(id)) return unknownPath(asked.path);
  const verb = asked.method.toLowerCase();
  const title =
    `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does ` +
    'not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api';
  return refuse(100, undefined, { title, subcode: 33 });
}

function unknownPath(path: string): never {
  return refuse(2500, undefined, { title: `Unknown path components: ${path.slice(0, 200)}` });
}

function numbersOf(world: World, request: Request, query: URLSearchParams): NumberState[] {
  const token = bearerOf(request) ?? query.get('access_token') ?? '';
  return token === '' ? [] : (world.byToken.get(token) ?? []);
}

/** The bearer token of a request. */
export function bearerOf(request: Request): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S{1,1000})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

function debugToken(world: World, query: URLSearchParams): JsonObject {
  const token = query.get('input_token') ?? '';
  const number = world.byToken.get(token)?.[0];
  const scopes = number === undefined ? [] : ['whatsapp_business_management', 'whatsapp_business_messaging'];
  return {
    data: compact({ app_id: number?.options.appId, type: 'SYSTEM_USER', is_valid: number !== undefined, expires_at: 0, scopes }),
  };
}

function describe(file: NonNullable<GraphCall['file']>): Json {
  return { mimeType: file.mimeType, fileName: file.fileName, bytes: file.bytes.length };
}

/** The query without a token. */
function loggedQuery(url: URL): string {
  const kept = new URLSearchParams(url.searchParams);
  for (const secret of ['access_token', 'input_token']) kept.delete(secret);
  return kept.size === 0 ? '' : `?${kept.toString()}`;
}

/** In-process there is no connection to close: reading the response fails instead. */
function brokenResponse(): Response {
  return new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) }));
}
