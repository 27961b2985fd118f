/** One batch: who wrote, where they stand, the engine for each, one commit, then the sender. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  applyIdentityChange,
  type Channel,
  type Conversation,
  type ConversationKey,
  commitTurns,
  derivedId,
  dropFromInbox,
  type Tx,
  timedId,
} from '@hazir/store';
import { isDatabaseAway } from '../database-away.ts';
import type { RuntimeDeps } from '../deps.ts';
import { scheduleFetch } from '../jobs/fetch-media.ts';
import type { Sender } from '../sender/sender.ts';
import { applyEvents } from '../turn/apply-events.ts';
import { emptyOutcome, type Outcome } from '../turn/outcome.ts';
import { runTurn } from '../turn/run-turn.ts';
import { ConflictError, explain } from './conflict.ts';
import { forgetHeld, type Held, openSluice, takeHeld } from './hold-back.ts';
import { type Item, inputOf, laneOf, sendersOf } from './item.ts';
import { type LazyTransaction, lazyTransaction } from './lazy-transaction.ts';
import { keyOf, type Memory } from './memory.ts';
import { byConversation, conversationsOf, type Placed, placeItems } from './place-items.ts';
import { parkAfterAttempts } from './set-aside.ts';

export interface BatchRunner {
  /** Commits the batch and returns items that a conversation had held back and that may run now. */
  run: (batch: readonly Item[]) => Promise<Item[]>;
  /** The same one input at a time, after `run` failed for a reason that lies in one of them. */
  runApart: (batch: readonly Item[]) => Promise<Item[]>;
  /** True while an input waits for the answer of an outside call. */
  isHeld: (item: Item) => boolean;
  /** Somebody else works these numbers now. */
  forgetHeld: (channelIds: readonly number[]) => void;
}

const AGAIN_MS = 250;

interface Batch {
  deps: RuntimeDeps;
  memory: Memory;
  sender: Sender;
  held: Held;
  /** Something was said in conversations that officers have. */
  talked: (keys: readonly ConversationKey[]) => void;
}

export function createBatchRunner(batch: Batch): BatchRunner {
  const run = async (items: readonly Item[]): Promise<Item[]> => {
    const changes = items.findIndex((item) => item.kind === 'inbox' && item.payload.type === 'identity_changed');
    if (changes === -1) return runConversations(batch, items);
    // A change of identity decides whose the next messages are: what came before it is committed first, and never run with it.
    if (changes > 0) return [...(await runConversations(batch, items.slice(0, changes))), ...items.slice(changes)];
    const [change, ...rest] = items;
    if (change !== undefined) await changeIdentity(batch, change);
    return [...takeHeld(batch.held), ...rest];
  };
  return {
    run,
    isHeld: (item) => batch.held.items.has(item),
    forgetHeld: (channelIds) => forgetHeld(batch.held, channelIds),
    // Stops at the first that fails: what comes after it may be the same citizen's and must not overtake.
    runApart: async (items) => {
      const released: Item[] = [];
      for (const [index, item] of items.entries()) {
        try {
          released.push(...(await run([item])));
        } catch (error) {
          const again = error instanceof ConflictError ? [item] : await setAside(batch, item, error);
          return [...released, ...again, ...items.slice(index + 1)];
        }
      }
      return released;
    },
  };
}

async function runConversations(batch: Batch, items: readonly Item[]): Promise<Item[]> {
  const outcome = emptyOutcome();
  const placed = await placeItems(batch, items, outcome);
  const conversations = await batch.memory.conversationsOf(conversationsOf(placed));
  const sluice = openSluice(batch.held, batch.deps.now());
  const runnable: Placed[] = [];
  const begunAt = performance.now();
  const transaction = lazyTransaction(batch.deps.database);
  const converse = async (inputs: readonly Placed[]) => {
    for (const one of inputs) {
      const conversation = conversations.get(keyOf(one.key));
      if (conversation === undefined) throw new Error('the conversation has no contact');
      if (!sluice.passes(one.item, conversation)) continue;
      runnable.push(one);
      await runItem(batch, { ...one, conversation, tx: transaction.open }, outcome);
    }
  };
  try {
    await allSettled(byConversation(placed).map(converse));
    collectConversations(runnable, conversations, outcome);
    for (const row of outcome.outbox) row.state = batch.sender.reserve(row);
    const steppedAt = performance.now();
    await commit(batch, outcome, transaction);
    count(batch.deps, runnable, { stepMs: steppedAt - begunAt, commitMs: performance.now() - steppedAt });
  } catch (error) {
    batch.sender.unreserve(outcome.outbox, isDatabaseAway(error));
    await transaction.rollback();
    throw await explain(batch, error, { items, placed });
  }
  for (const conversation of outcome.conversations) batch.memory.keep(conversation);
  showRead(batch, runnable, conversations);
  const withOfficers = outcome.conversations.filter(({ withPersonSince }) => withPersonSince !== null);
  if (withOfficers.length > 0) batch.talked(withOfficers);
  for (const { item } of runnable) if (item.kind === 'inbox') batch.memory.done(item.row.id);
  batch.sender.take(outcome.outbox);
  return sluice.close();
}

/** Nobody may still work in the transaction when it is rolled back: waits for all, then throws what the first threw. */
async function allSettled(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function count({ meter }: RuntimeDeps, done: readonly Placed[], took: { stepMs: number; commitMs: number }): void {
  if (meter === undefined) return;
  meter.batch({ inputs: done.length, ...took });
  for (const [channel, inputs] of Map.groupBy(done, ({ channel }) => channel)) meter.processed(channel, inputs.length);
}

/** The provider counts what came in; a redelivery is marked as read twice, harmlessly. */
function showRead({ sender }: Batch, placed: readonly Placed[], conversations: ReadonlyMap<string, Conversation>): void {
  for (const { item, channel, key } of placed) {
    if (item.kind !== 'inbox' || item.payload.type !== 'message_received') continue;
    sender.received(channel.id, 1);
    // An officer's eyes have read it when they have, and no dots are shown while nobody writes.
    const withPerson = conversations.get(keyOf(key))?.withPersonSince !== null;
    if (channel.readReceipts && !withPerson) sender.markRead(channel, item.payload.externalId, key.contactId);
  }
}

async function runItem(
  batch: Batch,
  one: Placed & { conversation: Conversation; tx: () => Promise<Tx> },
  outcome: Outcome,
): Promise<void> {
  const { deps } = batch;
  const { item, channel, conversation } = one;
  const adapter = deps.adapters.get(channel.channelType);
  const current = deps.packs.current(channel.organizationId, channel.pack);
  if (adapter === undefined || current === undefined) throw new Error(`no adapter or pack for channel ${channel.id}`);
  await loadVersion(deps, channel, conversation);
  if (item.kind === 'inbox') logInbound(item, one, outcome);
  const input = inputOf(item);
  // A timer may ring again while the first ring is still in the queue.
  const rung = item.kind === 'timer' && (conversation.wakeAt === null || conversation.wakeAt.getTime() > deps.now());
  // Who asked for silence is answered, but nothing is begun towards them.
  const unwanted = conversation.optedOut && input?.type === 'start';
  if (input === undefined || rung || unwanted) return;
  const inputId = item.kind === 'inbox' ? item.row.id : timedId(item.dueAt, `timer|${keyOf(conversation)}`);
  const startedAt = performance.now();
  await runTurn(
    { deps, channel, adapter, current, tx: one.tx },
    { conversation, inputId, input, lane: laneOf(item), to: sendersOf(item) },
    outcome,
  );
  deps.meter?.turn?.(inputId, channel, performance.now() - startedAt);
}

async function loadVersion(deps: RuntimeDeps, channel: Channel, conversation: Conversation): Promise<void> {
  if (conversation.session === null) return;
  const { version }: { version: string } = JSON.parse(conversation.session);
  if (deps.packs.byVersion(channel.organizationId, channel.pack, version) === undefined) {
    await deps.packs.load(channel.organizationId, channel.pack, version);
  }
}

function logInbound(
  item: Extract<Item, { kind: 'inbox' }>,
  { key, conversation }: { key: Placed['key']; conversation: Conversation },
  outcome: Outcome,
): void {
  const { row, payload } = item;
  outcome.turns.seqs.push(row.seq);
  if (payload.type !== 'message_received') return;
  const content = JSON.stringify({ content: payload.content, ...(payload.replyTo && { replyTo: payload.replyTo }) });
  outcome.turns.messages.push({ ...key, id: row.id, outbound: false, externalId: payload.externalId, content, origin: null });
  noteInbound(conversation, payload.timestamp);
  const media = payload.content.type === 'media' ? payload.content : undefined;
  if (media !== undefined) {
    const file = { ...key, messageId: row.id, providerMediaId: media.mediaId };
    outcome.extras.push((tx) => scheduleFetch(tx, file));
  }
}

function noteInbound(conversation: Conversation, timestamp: number): void {
  const at = new Date(timestamp);
  if (conversation.lastInboundAt === null || conversation.lastInboundAt < at) conversation.lastInboundAt = at;
}

function collectConversations(runnable: readonly Placed[], conversations: Map<string, Conversation>, outcome: Outcome): void {
  for (const key of conversationsOf(runnable)) {
    const conversation = conversations.get(keyOf(key));
    if (conversation === undefined) continue;
    const { version, session, lastInboundAt, wakeAt } = conversation;
    outcome.turns.conversations.push({ ...key, version, session, lastInboundAt, wakeAt });
    outcome.conversations.push({ ...conversation, version: version + 1 });
  }
}

async function commit(batch: Batch, outcome: Outcome, transaction: LazyTransaction): Promise<void> {
  const tx = outcome.extras.length > 0 ? await transaction.open() : await transaction.current();
  await commitTurns(tx ?? batch.deps.database.path, outcome.turns);
  if (tx !== undefined) await Promise.all(outcome.extras.map((extra) => extra(tx)));
  await transaction.commit();
}

async function changeIdentity({ deps, memory }: Batch, item: Item): Promise<void> {
  if (item.kind !== 'inbox' || item.payload.type !== 'identity_changed') return;
  const channel = deps.channels.byId(item.row.channelId);
  if (channel !== undefined) {
    const { organizationId, channelType, businessId: scope } = channel;
    await applyIdentityChange(deps.database, { organizationId, channelType, scope }, item.payload);
  }
  await dropFromInbox(deps.database, [item.row.seq]);
  memory.announceMoved();
}

/** Never throws: returns what is to be run again. */
async function setAside(batch: Batch, item: Item, error: unknown): Promise<Item[]> {
  const { deps } = batch;
  try {
    if (isDatabaseAway(error)) throw error;
    if (!(await parkAfterAttempts(deps, item, error))) return [item];
  } catch (failure) {
    deps.log('error', 'not_set_aside', { detail: reasonOf(failure) });
    await delay(AGAIN_MS);
    return [item];
  }
  if (item.kind === 'timer') batch.memory.forget([item.key]);
  await apologize(batch, item).catch((failure: unknown) => deps.log('error', 'no_apology', { detail: reasonOf(failure) }));
  return item.kind === 'inbox' && item.payload.type === 'answer' ? takeHeld(batch.held) : [];
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * One honest sentence to a citizen whose message broke the flow; the conversation stays where it was. Where an answer broke
 * it, the conversation ends: it would wait for that answer for ever.
 */
async function apologize(batch: Batch, item: Item): Promise<void> {
  if (item.kind === 'timer' || !['message_received', 'answer'].includes(item.payload.type)) return;
  const outcome = emptyOutcome();
  const [one] = await placeItems(batch, [item], outcome);
  if (one === undefined) return;
  const conversation = (await batch.memory.conversationsOf([one.key])).get(keyOf(one.key));
  const current = batch.deps.packs.current(one.channel.organizationId, one.channel.pack);
  if (conversation === undefined || current === undefined) return;
  const language = conversation.language ?? current.pack.defaultLanguage;
  const text = current.pack.platform.get('error')?.byLanguage.get(language)?.format({});
  if (text === undefined) return;
  const message = { content: { type: 'text', text } } as const;
  // The message that broke opens the service window as every other does.
  if (item.payload.type === 'message_received') noteInbound(conversation, item.payload.timestamp);
  applyEvents(
    [{ type: 'message_created', message, flow: 'platform', node: 'apology' }],
    { conversation, inputId: derivedId(item.row.id, 'apology'), ordinal: 0, now: batch.deps.now(), laneOf: () => 'reply' },
    outcome,
  );
  const ended = item.payload.type === 'answer' && { session: null, wakeAt: null };
  outcome.turns.conversations.push({ ...conversation, ...ended });
  await commitTurns(batch.deps.database.path, outcome.turns);
  batch.memory.forget([one.key]);
  batch.sender.take(outcome.outbox);
}
