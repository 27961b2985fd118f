/**
 * Sends webhooks: one signed POST per update by default, at least once, retried until 200.
 *
 * An update passes through stages: dropped or delayed by a fault, held until later ones have overtaken it, collected
 * into a batch, posted. The draws of an update are its own (by its number), so the faults of a run with the same seed
 * are the same however fast the receiver answers. Retries and delays are timers of the simulator's clock.
 */
import { createHmac } from 'node:crypto';
import type { JsonObject } from '@hazir/core';
import { Agent, request } from 'undici';
import { between, drawsFor } from '../random.ts';
import type { NumberState, Update, World } from '../world.ts';
import { bytesOf, type EnvelopeUpdate, envelopeOf } from './envelope.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { retryAfter } from './retry.ts';

/** Meta's largest webhook. */
const MOST_BYTES = 3 * 1024 * 1024;
const MOST_PENDING = 100_000;
/** An update that is held goes out after this long although nothing overtook it. */
const LONGEST_HOLD_MS = 2_000;
const BATCH_WINDOW_MS = 100;
const LONGEST_DUPLICATE_DELAY_MS = 1_500;

export interface Webhooks {
  publish: (update: Update) => void;
  /** Resolves when no POST is under way, or after two real seconds. */
  settled: () => Promise<void>;
  /** Forgets what waits for a batch, an overtaking or a retry. */
  forget: () => void;
  close: () => Promise<void>;
}

interface Post {
  number: NumberState;
  updates: EnvelopeUpdate[];
  body: JsonObject;
  bytes: Buffer;
  signature: string;
  firstAt: number;
  /** Milliseconds until the same is delivered again although it was answered. */
  again: number | undefined;
}

interface Held {
  update: EnvelopeUpdate;
  number: NumberState;
  release: () => void;
}

interface State {
  world: () => World;
  agent: Agent;
  lanes: Lanes;
  /** POSTs that are under way or wait for their lane. */
  flying: number;
  pending: number;
  generation: number;
  idle: (() => void)[];
  held: Set<Held>;
  /** Updates that wait for company, by number. */
  batches: Map<string, { number: NumberState; updates: EnvelopeUpdate[] }>;
}

export function createWebhooks(world: () => World): Webhooks {
  const state: State = {
    world,
    agent: new Agent({ connections: 64, keepAliveTimeout: 30_000, connectTimeout: 5_000 }),
    lanes: createLanes(),
    flying: 0,
    pending: 0,
    generation: 0,
    idle: [],
    held: new Set(),
    batches: new Map(),
  };
  return {
    publish: (update) => publish(state, update),
    settled: () => settled(state),
    forget: () => {
      state.generation += 1;
      state.pending = 0;
      state.flying = 0;
      state.lanes.forget();
      state.held.clear();
      state.batches.clear();
    },
    close: () => state.agent.destroy(),
  };
}

function publish(state: State, update: Update): void {
  const world = state.world();
  const number = world.numbers.get(update.numberId);
  const business = number && world.businesses.get(number.options.businessId);
  if (number === undefined || business === undefined || !business.subscribed || callbackOf(world, number, update.field) === '')
    return;
  world.count.webhook += 1;
  const draw = drawsFor(world.settings.seed, 'webhook', world.count.webhook);
  const [drop, reorder] = [draw(), draw()];
  if (update.kind === 'status' && drop < world.faults.drop) return;
  if (state.pending >= MOST_PENDING) return;
  state.pending += 1;
  const addressed = { ...update, businessId: business.businessId, index: world.count.webhook };
  const enter = () => (reorder < world.faults.reorder ? hold(state, number, addressed) : collect(state, number, addressed));
  if (world.faults.delayMs > 0) world.schedule.after(world.faults.delayMs, enter);
  else enter();
}

function hold(state: State, number: NumberState, update: EnvelopeUpdate): void {
  const held: Held = { update, number, release: () => undefined };
  const cancel = state.world().schedule.after(LONGEST_HOLD_MS, () => held.release());
  held.release = () => {
    if (!state.held.delete(held)) return;
    cancel();
    collect(state, number, update);
  };
  state.held.add(held);
}

/** Lets those go that a later webhook of the same number has now overtaken. */
function releaseOvertaken(state: State, post: Post): void {
  const index = post.updates[0]?.index ?? 0;
  for (const held of [...state.held]) if (held.number === post.number && held.update.index < index) held.release();
}

function collect(state: State, number: NumberState, update: EnvelopeUpdate): void {
  const world = state.world();
  if (world.faults.batch <= 1) {
    post(state, number, [update]);
    return;
  }
  const waiting = state.batches.get(number.options.numberId);
  if (waiting === undefined) {
    const batch = { number, updates: [update] };
    state.batches.set(number.options.numberId, batch);
    world.schedule.after(BATCH_WINDOW_MS, () => flush(state, batch));
    return;
  }
  waiting.updates.push(update);
  if (waiting.updates.length >= world.faults.batch) flush(state, waiting);
}

function flush(state: State, batch: { number: NumberState; updates: EnvelopeUpdate[] }): void {
  const numberId = batch.number.options.numberId;
  if (state.batches.get(numberId) !== batch) return;
  state.batches.delete(numberId);
  post(state, batch.number, batch.updates);
}

function post(state: State, number: NumberState, updates: EnvelopeUpdate[]): void {
  const world = state.world();
  const draw = drawsFor(world.settings.seed, 'batch', updates[0]?.index ?? 0);
  const body = envelopeOf(updates, world.schedule.now(), draw);
  const bytes = bytesOf(body, world.faults.escape);
  if (bytes.length > MOST_BYTES && updates.length > 1) {
    const half = updates.length >> 1;
    post(state, number, updates.slice(0, half));
    post(state, number, updates.slice(half));
    return;
  }
  const signature = `sha256=${createHmac('sha256', number.options.appSecret).update(bytes).digest('hex')}`;
  const again = draw() < world.faults.duplicate ? between(draw, [0, LONGEST_DUPLICATE_DELAY_MS]) : undefined;
  const posted: Post = { number, updates, body, bytes, signature, firstAt: world.schedule.now(), again };
  state.flying += 1;
  state.lanes.run(updates[0]?.lane ?? '', () => attempt(state, posted, 1));
}

/** A POST out of turn: a retry, or the same once more. */
function launch(state: State, post: Post, count: number): void {
  state.flying += 1;
  void attempt(state, post, count);
}

async function attempt(state: State, post: Post, count: number): Promise<void> {
  const world = state.world();
  const at = world.schedule.now();
  const generation = state.generation;
  const status = await send(state, post);
  if (generation !== state.generation) return;
  world.deliveries.add((seq) => ({ seq, at, attempt: count, status, body: post.body }), post.bytes.length);
  if (status === 200) delivered(state, post);
  else retry(state, post, { count, at });
  state.flying -= 1;
  if (state.flying === 0) for (const idle of state.idle.splice(0)) idle();
}

function delivered(state: State, post: Post): void {
  const { again } = post;
  state.pending -= again === undefined ? post.updates.length : 0;
  for (const update of post.updates) update.onDelivered?.();
  releaseOvertaken(state, post);
  if (again === undefined) return;
  state.world().schedule.after(again, () => launch(state, { ...post, again: undefined }, 1));
}

function retry(state: State, post: Post, last: { count: number; at: number }): void {
  const { schedule, settings } = state.world();
  const wait = retryAfter(settings.retry, last.count, last.at - post.firstAt);
  if (wait === undefined) state.pending -= post.updates.length;
  else schedule.at(last.at + wait, () => launch(state, post, last.count + 1));
}

async function send(state: State, post: Post): Promise<number | 'unreachable'> {
  const world = state.world();
  const timeout = world.settings.webhookTimeoutMs;
  try {
    const response = await request(callbackOf(world, post.number, post.updates[0]?.field ?? ''), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        'x-hub-signature-256': post.signature,
      },
      body: post.bytes,
      dispatcher: state.agent,
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
    await response.body.dump({ limit: 65_536 });
    return response.statusCode;
  } catch {
    return 'unreachable';
  }
}

/** An override holds for the field `messages` only; the number's goes before the account's. */
function callbackOf(world: World, number: NumberState, field: string): string {
  if (field !== 'messages') return number.options.callbackUrl;
  const business = world.businesses.get(number.options.businessId);
  return number.callbackOverride ?? business?.callbackOverride ?? number.options.callbackUrl;
}

function settled(state: State): Promise<void> {
  if (state.flying === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, 2_000);
    state.idle.push(() => {
      clearTimeout(timeout);
      resolve();
    });
  });
}
