/** What citizens write, as Meta's message objects in webhooks. */
import type { Json, JsonObject } from '@hazir/core';
import { append, remember } from '../bounded.ts';
import { compact } from '../json.ts';
import type { ChatItem, CitizenMessage } from '../protocol.ts';
import { countThroughput } from '../send/rates.ts';
import type { CitizenState, MessageRecord, NumberState, World } from '../world.ts';
import { addItem, changeItem } from './chat.ts';
import { type Composed, compose } from './compose.ts';
import { pairOf } from './find.ts';
import { contactOf, identityOf, partyOf } from './identity.ts';

const MOST_MESSAGES = 200_000;
const MOST_WAITING = 1_000;

/**
 * Sends a citizen's message: the bubble is there at once, the webhook goes out when the phone is online.
 * Returns the message's id; throws HazirError `simulator:invalid-message` for what the phone could not send.
 */
export function say(world: World, state: CitizenState, said: { number: NumberState; message: CitizenMessage }): string {
  const { number, message } = said;
  const composed = compose(world, state, said);
  const wamid = composed.wamid ?? world.ids.wamid(partyOf(state), 'in');
  const numberId = number.options.numberId;
  const now = world.schedule.now();
  const record: MessageRecord = {
    wamid,
    numberId,
    citizenId: state.citizen.id,
    direction: 'in',
    at: now,
    reaction: message.type === 'reaction',
  };
  composed.applied?.();
  if (composed.bubble !== undefined) record.item = addItem(world, state, bubbleOf(record, composed, message));
  remember(world.messages, wamid, record, MOST_MESSAGES);
  const go = () => goOut(world, state, { record, composed, number });
  if (state.citizen.online) go();
  else append(state.unsent, go, MOST_WAITING);
  return wamid;
}

/** A system message of a citizen goes to every number with which there is a chat. */
export function sendSystem(world: World, state: CitizenState, told: { from: string | undefined; system: JsonObject }): void {
  const now = world.schedule.now();
  for (const [numberId, pair] of state.pairs) {
    const number = world.numbers.get(numberId);
    if (number === undefined) continue;
    const known = identityOf(state, pair, now);
    const message = compact({
      from: told.from ?? known.phone,
      from_user_id: known.userId,
      id: world.ids.wamid(partyOf(state), 'in'),
      timestamp: String(Math.floor(now / 1000)),
      type: 'system',
      system: told.system,
    });
    world.publish({
      numberId,
      field: 'messages',
      kind: 'message',
      lane: state.citizen.id,
      value: valueWith(number, { messages: [message] }),
    });
  }
}

function bubbleOf(record: MessageRecord, composed: Composed, message: CitizenMessage): Omit<ChatItem, 'seq'> {
  return {
    wamid: record.wamid,
    numberId: record.numberId,
    from: 'citizen',
    at: record.at,
    ticks: 'pending',
    body: composed.bubble ?? { type: 'unsupported', detail: '' },
    ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
  };
}

function goOut(world: World, state: CitizenState, out: { record: MessageRecord; composed: Composed; number: NumberState }): void {
  const { record, composed, number } = out;
  const pair = pairOf(state, record.numberId);
  const now = world.schedule.now();
  record.at = now;
  pair.lastInboundAt = now;
  countThroughput(world, number);
  append(pair.unanswered, record, MOST_WAITING);
  if (record.item !== undefined) changeItem(world, state, record.item, { ticks: 'sent', at: now });
  if (number.blocked.has(state.citizen.id)) return;
  const known = identityOf(state, pair, now);
  const common = compact({
    from: known.phone,
    from_user_id: known.userId,
    id: record.wamid,
    timestamp: String(Math.floor(now / 1000)),
  });
  const message: Json = composed.raw ?? { ...common, ...composed.content() };
  const value = valueWith(number, { contacts: [contactOf(state, known)], messages: [message] });
  world.publish({
    numberId: record.numberId,
    field: 'messages',
    kind: 'message',
    lane: state.citizen.id,
    value,
    onDelivered: () => arrived(world, state, record),
  });
}

function arrived(world: World, state: CitizenState, record: MessageRecord): void {
  if (record.item?.ticks === 'sent') changeItem(world, state, record.item, { ticks: 'delivered' });
}

function valueWith(number: NumberState, fields: JsonObject): JsonObject {
  const metadata = { display_phone_number: number.digits, phone_number_id: number.options.numberId };
  return { messaging_product: 'whatsapp', metadata, ...fields };
}
