/** Takes a request to send: reads it, refuses what Meta refuses, gives it an id and plans its statuses. */
import type { JsonObject } from '@hazir/core';
import { remember } from '../bounded.ts';
import { pairOf } from '../citizens/find.ts';
import { type Refusal, refuse } from '../graph/refusal.ts';
import type { Accepted, MessageRecord, OutRecord, Pair } from '../world.ts';
import { type Node, optionalText } from './node.ts';
import { takePair, takeThroughput } from './rates.ts';
import { readMessage, readQuote } from './read-message.ts';
import type { Reading, Scene } from './reading.ts';
import { contactOfRecipient, type Recipient, readRecipient } from './recipient.ts';
import { planStatuses } from './statuses.ts';

const DAY = 86_400_000;
const MOST_MESSAGES = 200_000;
/** From this day messages within the service window are priced too. */
const SERVICE_PRICED_FROM = Date.UTC(2026, 9, 1);

/** Accepts a message and returns Meta's response; throws a GraphRefusal. */
export function send(body: JsonObject, scene: Scene): JsonObject {
  const { world, number } = scene;
  takeThroughput(world, number);
  const node: Node = { at: '', value: body };
  if (!number.registered) return refuse(133010, 'The phone number is not registered.');
  const tracker = optionalText(node, 'biz_opaque_callback_data', 512);
  const recipient = readRecipient(body, scene);
  const reading = readMessage(node, scene);
  const replyTo = readQuote(node);
  const failure = judge(scene, recipient, reading);
  if (recipient.citizen !== undefined) takePair(world, pairOf(recipient.citizen, number.options.numberId));
  const accepted = record(scene, recipient, { reading, tracker, replyTo });
  planStatuses(world, accepted, failure);
  const held = reading.template === undefined ? {} : { message_status: 'accepted' };
  return {
    messaging_product: 'whatsapp',
    contacts: [contactOfRecipient(recipient)],
    messages: [{ id: accepted.record.wamid, ...held }],
  };
}

/** Refuses what Meta refuses at once; returns what it reports later. */
function judge(scene: Scene, recipient: Recipient, reading: Reading): Refusal | undefined {
  const { world, number } = scene;
  const { citizen } = recipient;
  const pair = citizen && pairOf(citizen, number.options.numberId);
  if (reading.template?.otp === true && recipient.by === 'user_id') return refuse(131062, 'This template needs a phone number.');
  if (reading.template?.category === 'MARKETING' && citizen?.citizen.marketing === 'stopped') {
    return refuse(131050, 'The user has chosen to stop receiving marketing messages on WhatsApp from your business.');
  }
  if (reading.template === undefined && !windowOpen(pair, world.schedule.now())) {
    const closed = {
      code: 131047,
      details: 'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    };
    if (world.settings.windowRefusal === 'async') return closed;
    refuse(closed.code, closed.details);
  }
  const blocked = citizen !== undefined && number.blocked.has(citizen.citizen.id);
  if (citizen === undefined || !citizen.citizen.onWhatsApp || blocked) return { code: 131026, details: 'Message Undeliverable.' };
  return reading.failure;
}

function windowOpen(pair: Pair | undefined, now: number): boolean {
  return pair !== undefined && now - pair.lastInboundAt < DAY;
}

function record(
  scene: Scene,
  recipient: Recipient,
  sent: { reading: Reading; tracker: string | undefined; replyTo: string | undefined },
): Accepted {
  const { world, number, version } = scene;
  const { citizen, digits } = recipient;
  const { template } = sent.reading;
  const now = world.schedule.now();
  const pair = citizen && pairOf(citizen, number.options.numberId);
  if (pair !== undefined && recipient.by === 'phone') pair.phoneKnownUntil = now + 30 * DAY;
  world.count.send += 1;
  const free =
    template?.category === 'UTILITY' || template === undefined ? windowOpen(pair, now) && now < SERVICE_PRICED_FROM : false;
  const out: OutRecord = {
    index: world.count.send,
    version,
    tracker: sent.tracker,
    category: categoryOf(sent.reading),
    billable: !free,
    priced: false,
    expiresAt: now + (template?.ttlMs ?? 30 * DAY),
  };
  const message: MessageRecord = {
    wamid: world.ids.wamid(digits ?? citizen?.citizen.userId ?? recipient.input, 'out'),
    numberId: number.options.numberId,
    citizenId: citizen?.citizen.id,
    ...(digits === undefined ? {} : { strangerDigits: digits }),
    direction: 'out',
    at: now,
    reaction: sent.reading.reaction !== undefined,
    out,
  };
  remember(world.messages, message.wamid, message, MOST_MESSAGES);
  return { record: message, out, body: sent.reading.body, replyTo: sent.replyTo, reaction: sent.reading.reaction };
}

function categoryOf(reading: Reading): OutRecord['category'] {
  switch (reading.template?.category) {
    case 'MARKETING':
      return 'marketing';
    case 'UTILITY':
      return 'utility';
    case 'AUTHENTICATION':
      return 'authentication';
    default:
      return 'service';
  }
}
