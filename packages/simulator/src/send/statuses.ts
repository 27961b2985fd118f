/**
 * What happens to a message of the business after it was accepted: sent, delivered when the phone is online, read when
 * the citizen opens the chat, or failed. Each step reports a status webhook.
 */
import type { JsonObject } from '@hazir/core';
import { append } from '../bounded.ts';
import { addItem, changeItem } from '../citizens/chat.ts';
import { pairOf } from '../citizens/find.ts';
import { contactOf, identityOf } from '../citizens/identity.ts';
import { type Refusal, refusalErrors } from '../graph/refusal.ts';
import { compact } from '../json.ts';
import type { ChatBody, ChatItem } from '../protocol.ts';
import { between, drawsFor } from '../random.ts';
import type { Accepted, CitizenState, MessageRecord, OutRecord, World } from '../world.ts';

const MOST_WAITING = 1_000;

/** Plans the statuses of an accepted message, or its failure. */
export function planStatuses(world: World, accepted: Accepted, failure: Refusal | undefined): void {
  const { record, out } = accepted;
  const draw = drawsFor(world.settings.seed, 'status', out.index);
  const delays = world.settings.statusDelaysMs;
  const sentIn = between(draw, delays.sent);
  const deliveredIn = sentIn + between(draw, delays.delivered);
  if (failure !== undefined) {
    world.schedule.after(sentIn, () => fail(world, accepted, failure));
    return;
  }
  world.schedule.after(sentIn, () => report(world, record, { status: 'sent' }));
  const citizen = world.citizens.get(record.citizenId ?? '');
  if (citizen === undefined) return;
  const pair = pairOf(citizen, record.numberId);
  // A phone shows messages in the order in which they were sent, although Meta does not promise it.
  pair.deliverFloor = Math.max(pair.deliverFloor, world.schedule.now() + deliveredIn);
  world.schedule.at(pair.deliverFloor, () => deliver(world, citizen, accepted));
}

/** The phone is back: what waited is delivered, unless its time is over. */
export function deliverWaiting(world: World, citizen: CitizenState): void {
  for (const accepted of citizen.undelivered.splice(0)) deliver(world, citizen, accepted);
}

/** The citizen opened the chat with a number. */
export function readAll(world: World, citizen: CitizenState, numberId: string): void {
  const pair = pairOf(citizen, numberId);
  for (const record of pair.unread.splice(0)) {
    if (record.item !== undefined) changeItem(world, citizen, record.item, { ticks: 'read' });
    if (!citizen.citizen.readReceipts || record.out === undefined) continue;
    const draw = drawsFor(world.settings.seed, 'status', record.out.index ^ 0x5eed);
    world.schedule.after(between(draw, world.settings.statusDelaysMs.read), () => report(world, record, { status: 'read' }));
  }
}

/** The citizen of a real phone would see nothing; ours shows a developer what did not come, and why. */
function fail(world: World, accepted: Accepted, failure: Refusal): void {
  const { record, body } = accepted;
  const citizen = world.citizens.get(record.citizenId ?? '');
  const reason = `${failure.code} ${failure.details ?? ''}`.trim();
  if (citizen !== undefined && body !== undefined)
    record.item = addItem(world, citizen, { ...bubbleOf(world, accepted, body), ticks: 'failed', failure: reason });
  report(world, record, { status: 'failed', errors: refusalErrors(failure) });
}

function bubbleOf(world: World, accepted: Accepted, body: ChatBody): Omit<ChatItem, 'seq'> {
  const { record, replyTo } = accepted;
  const { wamid, numberId } = record;
  const at = world.schedule.now();
  return { wamid, numberId, from: 'business', at, ticks: 'delivered', body, ...(replyTo === undefined ? {} : { replyTo }) };
}

function deliver(world: World, citizen: CitizenState, accepted: Accepted): void {
  const { record, out } = accepted;
  const now = world.schedule.now();
  if (now >= out.expiresAt) return;
  if (!citizen.citizen.online) {
    append(citizen.undelivered, accepted, MOST_WAITING);
    return;
  }
  const pair = pairOf(citizen, record.numberId);
  pair.stopTyping?.();
  if (accepted.reaction !== undefined) {
    const target = world.messages.get(accepted.reaction.wamid)?.item;
    if (target !== undefined) changeItem(world, citizen, target, { reaction: accepted.reaction.emoji });
    return;
  }
  if (accepted.body === undefined) return;
  record.item = addItem(world, citizen, bubbleOf(world, accepted, accepted.body));
  append(pair.unread, record, MOST_WAITING);
  report(world, record, { status: 'delivered' });
}

function report(world: World, record: MessageRecord, step: { status: string; errors?: JsonObject[] }): void {
  const { out } = record;
  if (out === undefined) return;
  const now = world.schedule.now();
  const citizen = world.citizens.get(record.citizenId ?? '');
  const known = citizen && identityOf(citizen, citizen.pairs.get(record.numberId), now);
  const failed = step.status === 'failed';
  const status = compact({
    id: record.wamid,
    status: step.status,
    timestamp: String(Math.floor(now / 1000)),
    recipient_id: known === undefined ? record.strangerDigits : known.phone,
    recipient_user_id: known?.userId,
    ...(failed ? {} : priceOf(record, out, step.status)),
    errors: step.errors,
    biz_opaque_callback_data: out.tracker,
  });
  const options = world.numbers.get(record.numberId)?.options;
  const metadata = { display_phone_number: options?.displayPhone.replace(/\D/g, '') ?? '', phone_number_id: record.numberId };
  const contacts = failed || citizen === undefined || known === undefined ? {} : { contacts: [contactOf(citizen, known)] };
  const value = { messaging_product: 'whatsapp', metadata, ...contacts, statuses: [status] };
  world.publish({ numberId: record.numberId, field: 'messages', kind: 'status', lane: record.citizenId ?? record.wamid, value });
}

/** `pricing` comes with sent and with the first of delivered and read; `conversation` only up to version 23. */
function priceOf(record: MessageRecord, out: OutRecord, status: string): JsonObject {
  if (status !== 'sent' && out.priced) return {};
  if (status !== 'sent') out.priced = true;
  const type = out.billable ? 'regular' : 'free_customer_service';
  const pricing = { billable: out.billable, pricing_model: 'PMP', type, category: out.category };
  if (out.version > 23) return { pricing };
  const expiration = status === 'sent' ? { expiration_timestamp: String(Math.floor(record.at / 1000) + 86_400) } : {};
  return { conversation: { id: conversationId(record.wamid), ...expiration, origin: { type: out.category } }, pricing };
}

/** One conversation per message since prices are per message. */
function conversationId(wamid: string): string {
  return Buffer.from(wamid).toString('hex').slice(-32);
}
