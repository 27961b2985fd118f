/**
 * The citizens and Meta of a chaos run, in the harness's own process. A citizen sends one or two messages at a time, often the
 * next before the answer to the last, but never before the last was acknowledged: from then on its order is ours to keep.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Contact, makeContact, type NumberPlan, openNumbers } from '../load/world/contacts.ts';
import { messageChange, statusChange } from '../load/world/envelopes.ts';
import { type GraphAnswer, listenGraph } from '../load/world/graph.ts';
import { readOfficers } from '../load/world/read-officers.ts';
import { readSent, type Sent } from '../load/world/replies.ts';
import { enterBlock, moveOn, readScript, type Script, type Step, stepAt } from '../load/world/script.ts';
import { createWebhookClient } from '../load/world/webhook-client.ts';
import { type Citizen, createCitizen, isSpoiled, missing, receive } from './citizen.ts';
import { type ChaosDelivery, createChaosDelivery } from './delivery.ts';
import type { Dice } from './dice.ts';
import { drawFate, type Fate, type FateName } from './graph-fates.ts';

export interface ChaosWorld {
  graphPort: number;
  citizens: readonly Citizen[];
  delivery: ChaosDelivery;
  fates: Partial<Record<FateName, number>>;
  /** Messages to people whom nobody knows. */
  strangers: () => number;
  /** Lets the citizens write; resolves when all have come to an end after `end` was called. */
  live: () => Promise<void>;
  /** Citizens finish their errand and write nothing new; the Graph API accepts everything from now on. */
  end: () => void;
  /** Resolves when every answer has come and every webhook was acknowledged, or after `withinMs`. */
  drain: (withinMs: number) => Promise<void>;
  close: () => Promise<void>;
}

export interface ChaosWorldOptions {
  ports: readonly number[];
  numbers: readonly NumberPlan[];
  citizens: number;
  packFolder: string;
  dice: Dice;
  /** Mean pause of a citizen between messages. */
  pauseMs: number;
}

/** The pair limit of WhatsApp is 45 and ten a minute: nobody writes so much that it would be met. */
const MOST_MESSAGES = 55;
const STATUSES = [
  { status: 'sent', withinMs: 400 },
  { status: 'delivered', withinMs: 1_000 },
  { status: 'read', withinMs: 1_800 },
] as const;
const CONNECTIONS = 32;
const READ = { status: 200, body: '{"success":true}' };

export async function createChaosWorld(options: ChaosWorldOptions): Promise<ChaosWorld> {
  const { dice } = options;
  const client = createWebhookClient({ ports: options.ports, connections: CONNECTIONS });
  const numbers = openNumbers(options.numbers);
  const citizens = Array.from({ length: options.citizens }, (_, index) => createCitizen(makeContact(index, numbers)));
  const startedAt = performance.now();
  const stamp = Date.now().toString(36);
  let made = 0;
  const parts: Parts = {
    ...options,
    script: readScript(options.packFolder),
    delivery: createChaosDelivery(client, dice),
    fates: {},
    reporting: new Set(),
    state: { ending: false, strangers: 0 },
    wamid: () => `wamid.chaos${stamp}${(made++).toString(36).padStart(9, '0')}`,
    note: (citizen, words) => void citizen.timeline.push(`${((performance.now() - startedAt) / 1000).toFixed(3)} ${words}`),
  };
  const { delivery, reporting, state, fates } = parts;
  const graph = await listenGraph(answerer(parts, citizens));
  const settled = () => citizens.every((citizen) => missing(citizen) === 0) && delivery.open() === 0 && reporting.size === 0;
  return {
    graphPort: graph.port,
    citizens,
    delivery,
    fates,
    strangers: () => state.strangers,
    live: async () => void (await Promise.all(citizens.map((citizen) => lead(parts, citizen)))),
    end: () => {
      state.ending = true;
    },
    drain: async (withinMs) => {
      const until = performance.now() + withinMs;
      while (!settled() && performance.now() < until) await delay(100);
    },
    close: async () => {
      client.close();
      await graph.close();
    },
  };
}

interface Parts extends ChaosWorldOptions {
  script: Script;
  delivery: ChaosDelivery;
  fates: ChaosWorld['fates'];
  /** Statuses that are still to be reported. */
  reporting: Set<Promise<void>>;
  state: { ending: boolean; strangers: number };
  wamid: () => string;
  note: (citizen: Citizen, words: string) => void;
}

/** The Graph API: decides what becomes of a message, shows it to its citizen and reports its statuses. */
function answerer(parts: Parts, citizens: readonly Citizen[]): (numberId: string, body: string) => GraphAnswer {
  const { fates, reporting, state } = parts;
  const byPhone = new Map(citizens.map((citizen) => [citizen.contact.phone, citizen]));
  const officers = readOfficers(parts.packFolder);
  const accept = (sent: Sent, citizen: Citizen | undefined): string => {
    const id = parts.wamid();
    if (citizen === undefined) state.strangers += officers.has(sent.to) ? 0 : 1;
    else {
      receive(citizen, { ...sent, wamid: id });
      const reported = report(parts, citizen, { wamid: id, tracker: sent.tracker });
      reporting.add(reported);
      void reported.finally(() => reporting.delete(reported));
    }
    return `{"messaging_product":"whatsapp","contacts":[{"input":"+${sent.to}","wa_id":"${sent.to}"}],"messages":[{"id":"${id}"}]}`;
  };
  return (_numberId, body) => {
    const sent = readSent(body);
    if (sent === undefined) return READ;
    const fate: Fate = state.ending ? { name: 'accepted', accepted: true } : drawFate(parts.dice);
    fates[fate.name] = (fates[fate.name] ?? 0) + 1;
    const citizen = byPhone.get(sent.to);
    const text = sent.text.slice(0, 40).replaceAll('\n', ' ');
    if (citizen !== undefined) parts.note(citizen, `Graph ${fate.name}: ${sent.tracker} "${text}"`);
    const accepted = fate.accepted ? accept(sent, citizen) : '';
    return fate.answer === undefined ? { status: 200, body: accepted } : { ...fate.answer, body: fate.answer.body || accepted };
  };
}

async function report(parts: Parts, citizen: Citizen, sent: { wamid: string; tracker: string }): Promise<void> {
  const { contact } = citizen;
  await Promise.all(
    STATUSES.map(async ({ status, withinMs }) => {
      await delay(parts.dice.next() * withinMs);
      await parts.delivery.deliver(contact.number, [statusChange(contact, status, sent)]);
      parts.note(citizen, `status ${status} of ${sent.wamid} acknowledged`);
    }),
  );
}

/** A citizen's life: errand after errand, until the world ends. */
async function lead(parts: Parts, citizen: Citizen): Promise<void> {
  const { dice, state, pauseMs } = parts;
  const errands = errandsOf(parts.script, citizen.contact);
  let ahead: Step[] = [];
  await delay(dice.next() * pauseMs * 2);
  while (ahead.length > 0 || (!state.ending && citizen.said.length < MOST_MESSAGES)) {
    if (ahead.length === 0) ahead = errands.next();
    await say(parts, citizen, ahead.splice(0, dice.chance(0.3) ? 2 : 1));
    if (dice.chance(0.7)) while (missing(citizen) > 0 && !state.ending) await delay(20);
    if (isSpoiled(citizen)) return;
    await delay(dice.next() * pauseMs * 2);
  }
}

/** Resolves when the messages are acknowledged. */
async function say({ delivery, note, wamid }: Parts, citizen: Citizen, steps: readonly Step[]): Promise<void> {
  const { contact } = citizen;
  const messages = steps.map((step) => ({ step, wamid: wamid(), acked: false }));
  citizen.said.push(...messages);
  note(citizen, `says ${messages.map((one) => `${JSON.stringify(one.step.said)} as ${one.wamid}`).join(', then ')}`);
  await delivery.deliver(
    contact.number,
    messages.map((one) => messageChange(contact, one.step.said, one.wamid)),
  );
  for (const one of messages) one.acked = true;
  note(citizen, `acknowledged ${messages.map((one) => one.wamid).join(', ')}`);
}

/** First the two turns of a newcomer, then one errand after the other, each from menu to menu. */
function errandsOf(script: Script, { language, place, index }: Contact): { next: () => Step[] } {
  let known = false;
  return {
    next: () => {
      if (!known) {
        known = true;
        enterBlock(script, place, index);
        return [...script.welcome[language]];
      }
      const steps: Step[] = [];
      for (const { round } = place; place.round === round; moveOn(script, language, place, index))
        steps.push(stepAt(script, language, place));
      return steps;
    },
  };
}
