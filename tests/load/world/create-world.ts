/**
 * The world around Hazir in one process: Meta's webhooks, Meta's Graph API, and the citizens. A citizen has at most one message
 * under way: the next is sent only after the reply has come and its three statuses were acknowledged.
 */
import { type Contact, indexOfPhone, type LoadNumber, makeContact, type NumberPlan, openNumbers, type Turn } from './contacts.ts';
import { createDelivery, type Delivery, type DeliveryFaults, ordinaryDelivery } from './delivery.ts';
import { messageChange, statusChange } from './envelopes.ts';
import { type GraphAnswer, listenGraph } from './graph.ts';
import { judge, readSent, type Sent } from './replies.ts';
import { enterBlock, moveOn, readScript, type Script, type Step, stepAt } from './script.ts';
import { createTally, type Tally } from './tally.ts';
import { createWebhookClient } from './webhook-client.ts';
import { createWheel, type Wheel } from './wheel.ts';

/** What the Graph API does with a message: `accepted` says whether the citizen gets it, whatever is answered. */
export interface GraphFate {
  accepted: boolean;
  answer?: GraphAnswer;
}

export interface WorldOptions {
  /** Ports of Hazir's web processes. */
  ports: readonly number[];
  numbers: readonly NumberPlan[];
  contacts: number;
  /** Citizens beyond those, who only receive. */
  silent: number;
  packFolder: string;
  /** Port of the Graph API; 0 takes a free one. */
  graphPort: number;
  /** Milliseconds that the Graph API takes to answer. */
  graphDelayMs: number;
  /** Most connections for webhooks. */
  connections: number;
  delivery?: DeliveryFaults;
  /** Called for each message that Hazir posts; without it everything is accepted. */
  fate?: (sent: Sent) => GraphFate;
}

export interface World {
  graphPort: number;
  tally: Tally;
  script: Script;
  contacts: readonly Contact[];
  /** Sends the citizen's next message; `dueAt` (performance.now) is when it was to be sent. `step` replaces the script's. */
  begin: (contact: Contact, dueAt: number, step?: Step) => void;
  /** Called when a turn is complete: acknowledged, answered, its statuses acknowledged. */
  onComplete: (listener: (turn: Turn) => void) => void;
  /** The next citizen who has nothing under way: one who is in the middle of something, or else a new one. Undefined when all have. */
  nextIdle: (organization?: number) => Contact | undefined;
  /** Webhooks that are not acknowledged yet. */
  undelivered: () => number;
  /** Messages acknowledged and not answered yet. */
  unanswered: () => number;
  close: () => Promise<void>;
}

const STATUSES = [
  { status: 'sent', afterMs: 20 },
  { status: 'delivered', afterMs: 100 },
  { status: 'read', afterMs: 300 },
] as const;
const MARKED_READ = '{"success":true}';

/** What the two sides of the world share. */
interface Parts {
  options: WorldOptions;
  tally: Tally;
  wheel: Wheel;
  script: Script;
  delivery: Delivery;
  numbers: readonly LoadNumber[];
  byPhone: ReadonlyMap<string, Contact>;
  wamid: () => string;
  complete: (turn: Turn) => void;
  /** Of each organization, those who are in the middle of something and have their reply. */
  talking: readonly [Contact[], Contact[]];
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const wheel = createWheel();
  const tally = createTally();
  const script = readScript(options.packFolder);
  const client = createWebhookClient(options);
  const numbers = openNumbers(options.numbers);
  const contacts = Array.from({ length: options.contacts }, (_, index) => makeContact(index, numbers));
  for (const contact of contacts) enterBlock(script, contact.place, contact.index);
  const parts: Parts = {
    ...{ options, tally, wheel, script, numbers },
    delivery: createDelivery({ client, wheel, tally, faults: options.delivery ?? ordinaryDelivery }),
    byPhone: new Map(contacts.map((contact) => [contact.phone, contact])),
    wamid: wamids(),
    complete: () => undefined,
    talking: [[], []],
  };
  const graph = await listenGraph((_numberId, body) => answer(parts, body), options.graphPort);
  return {
    ...{ graphPort: graph.port, tally, script, contacts },
    begin: (contact, dueAt, step) => begin(parts, { contact, dueAt, step }),
    onComplete: (listener) => {
      parts.complete = listener;
    },
    nextIdle: nextOf(contacts, parts.talking),
    undelivered: parts.delivery.open,
    unanswered: () => contacts.reduce((sum, { turn }) => sum + (turn?.acked === true && !turn.replied ? 1 : 0), 0),
    close: async () => {
      wheel.stop();
      client.close();
      await graph.close();
    },
  };
}

/** Ids in Meta's shape and length, never the same in two runs. */
function wamids(): () => string {
  const stamp = Date.now().toString(36);
  let made = 0;
  return () => {
    made += 1;
    return `wamid.HBgMOTE5MTAwMDAwMDAw${stamp}${made.toString(36).padStart(9, '0')}A==`;
  };
}

/** Whoever has begun something goes on with it, as people do; in their place comes the next of all the others. */
function nextOf(contacts: readonly Contact[], talking: Parts['talking']): World['nextIdle'] {
  const everybody = ring(contacts);
  const rings = [0, 1].map((organization) => ring(contacts.filter(({ number }) => number.organization === organization)));
  let side = 0;
  return (organization) => {
    side = 1 - side;
    const waiting = organization === undefined ? [talking[side], talking[1 - side]] : [talking[organization]];
    for (const queue of waiting) {
      const contact = queue?.shift();
      if (contact !== undefined) return contact;
    }
    return (organization === undefined ? everybody : rings[organization])?.();
  };
}

/** Citizens one after the other, so that nobody meets the limit of a pair before all have written as often. */
function ring(contacts: readonly Contact[]): () => Contact | undefined {
  let position = 0;
  return () => {
    for (let tried = 0; tried < contacts.length; tried += 1) {
      position = (position + 1) % contacts.length;
      const contact = contacts[position];
      if (contact !== undefined && contact.turn === undefined && contact.place.step === 0) return contact;
    }
    return undefined;
  };
}

function begin(parts: Parts, { contact, dueAt, step }: { contact: Contact; dueAt: number; step: Step | undefined }): void {
  const { tally } = parts;
  const taken = step ?? stepAt(parts.script, contact.language, contact.place);
  if (step === undefined) moveOn(parts.script, contact.language, contact.place, contact.index);
  const turn: Turn = { contact, step: taken, dueAt, acked: false, replied: false, statuses: 0 };
  contact.turn = turn;
  const postedAt = performance.now();
  parts.delivery.send(contact.number, messageChange(contact, taken.said, parts.wamid()), () => {
    tally.accepted += 1;
    if (tally.measuring) tally.ackMs.push(performance.now() - postedAt);
    turn.acked = true;
    finish(parts, turn);
  });
}

function finish(parts: Parts, turn: Turn): void {
  if (!turn.acked || !turn.replied || turn.statuses < STATUSES.length) return;
  const { contact } = turn;
  contact.turn = undefined;
  if (contact.place.step > 0) parts.talking[contact.number.organization === 0 ? 0 : 1].push(contact);
  if (parts.tally.measuring) parts.tally.turns += 1;
  parts.complete(turn);
}

/** A request to the Graph API. */
function answer(parts: Parts, body: string): GraphAnswer {
  const { tally, options } = parts;
  const delayMs = options.graphDelayMs;
  const sent = readSent(body);
  if (sent === undefined) {
    if (tally.measuring) tally.reads += 1;
    return { status: 200, body: MARKED_READ, delayMs };
  }
  const fate = options.fate?.(sent);
  const accepted = fate?.accepted === false ? '' : receive(parts, sent);
  return fate?.answer ?? { status: 200, body: accepted, delayMs };
}

/** The bubble reaches the citizen; the result is Meta's response. */
function receive(parts: Parts, sent: Sent): string {
  const { tally } = parts;
  const wamid = parts.wamid();
  const contact = parts.byPhone.get(sent.to);
  if (contact === undefined) receiveSilently(parts, sent, wamid);
  else if (judge(tally, contact, sent) !== 'doubled' && contact.turn !== undefined) {
    contact.turn.replied = true;
    if (tally.measuring) tally.replyMs[contact.number.organization === 0 ? 0 : 1].push(performance.now() - contact.turn.dueAt);
    const { turn } = contact;
    report(parts, contact, { wamid, tracker: sent.tracker }, () => {
      turn.statuses += 1;
      finish(parts, turn);
    });
  }
  if (contact !== undefined) contact.lastWamid = wamid;
  return `{"messaging_product":"whatsapp","contacts":[{"input":"+${sent.to}","wa_id":"${sent.to}"}],"messages":[{"id":"${wamid}"}]}`;
}

/** A broadcast reaches somebody who never writes. */
function receiveSilently(parts: Parts, sent: Sent, wamid: string): void {
  const { contacts, silent } = parts.options;
  const index = indexOfPhone(sent.to);
  if (!(index >= contacts && index < contacts + silent)) {
    parts.tally.strangers += 1;
    return;
  }
  parts.tally.broadcasts += 1;
  report(parts, makeContact(index, parts.numbers), { wamid, tracker: sent.tracker }, () => undefined);
}

function report(parts: Parts, contact: Contact, sent: { wamid: string; tracker: string }, acked: () => void): void {
  const { tally, wheel, delivery } = parts;
  for (const { status, afterMs } of STATUSES)
    wheel.after(afterMs, () => {
      const postedAt = performance.now();
      delivery.send(contact.number, statusChange(contact, status, sent), () => {
        if (tally.measuring) {
          tally.statuses += 1;
          tally.ackMs.push(performance.now() - postedAt);
        }
        acked();
      });
    });
}
