/** The control operations as functions: the same as over HTTP, for tests and programs in the same process. */
import { HazirError } from '@hazir/core';
import { itemsAfter } from '../citizens/chat.ts';
import { addCitizen, changeCitizen } from '../citizens/citizens.ts';
import { say } from '../citizens/inbound.ts';
import { findFile, KEPT_MS, keepFile, type NewFile } from '../media/store.ts';
import type {
  ChatItem,
  Citizen,
  CitizenChange,
  CitizenMessage,
  Delivery,
  Faults,
  GraphRequest,
  NewCitizen,
  SimulatorState,
} from '../protocol.ts';
import { readAll } from '../send/statuses.ts';
import { decide, planReview, type TemplateEvent } from '../templates/review.ts';
import { type ChatEvent, type CitizenState, type MediaFile, NO_FAULTS, type NumberState, type World } from '../world.ts';

export interface Control {
  state: () => SimulatorState;
  addCitizen: (citizen: NewCitizen) => Citizen;
  changeCitizen: (id: string, change: CitizenChange) => Citizen;
  /** Sends as a citizen; the webhook is delivered asynchronously. */
  say: (id: string, message: CitizenMessage) => { id: string };
  /** The citizen opens a chat: read receipts go out. */
  openChat: (id: string, numberId: string) => void;
  messages: (id: string, query?: { numberId?: string; after?: number }) => ChatItem[];
  /** Calls back for each new or changed bubble and for typing; `ended` when the citizen is gone. Returns the way to stop. */
  watch: (id: string, changed: (event: ChatEvent) => void, ended?: () => void) => () => void;
  addMedia: (file: NewFile) => { mediaId: string };
  media: (id: string) => MediaFile;
  faults: () => Faults;
  /** What is left out goes back to "none". */
  setFaults: (faults: Partial<Faults>) => Faults;
  /** Moves the clock; what falls due happens in order, webhooks included. */
  advance: (ms: number) => Promise<{ now: number }>;
  requests: (after?: number) => GraphRequest[];
  deliveries: (after?: number) => Delivery[];
  /** Decides on a template as Meta would: approves, rejects, pauses, disables, reinstates. */
  decideTemplate: (id: string, decision: { event: TemplateEvent; reason?: string }) => void;
  /** Resolves when no webhook is under way. */
  settled: () => Promise<void>;
  /** Forgets citizens, chats, media, logs and faults; what the business set up and the clock stay. */
  reset: () => void;
}

export interface ControlParts {
  forgetWebhooks: () => void;
  settled: () => Promise<void>;
}

export function createControl(world: World, parts: ControlParts): Control {
  return {
    ...peopleControl(world),
    ...machineControl(world, parts),
  };
}

type People = 'addCitizen' | 'changeCitizen' | 'say' | 'openChat' | 'messages' | 'watch';

function peopleControl(world: World): Pick<Control, People> {
  return {
    addCitizen: (citizen) => {
      if (citizen.phone !== undefined) checkFree(world, citizen.phone);
      return { ...addCitizen(world, citizen).citizen };
    },
    changeCitizen: (id, change) => {
      const state = citizenOf(world, id);
      if (change.phone !== undefined && change.phone !== state.citizen.phone) checkFree(world, change.phone);
      return { ...changeCitizen(world, state, change) };
    },
    say: (id, message) => ({ id: say(world, citizenOf(world, id), { number: numberOf(world, message.numberId), message }) }),
    openChat: (id, numberId) => readAll(world, citizenOf(world, id), numberOf(world, numberId).options.numberId),
    messages: (id, query = {}) => itemsAfter(citizenOf(world, id), query.after ?? 0, query.numberId),
    watch: (id, changed, ended = () => undefined) => {
      const { listeners } = citizenOf(world, id);
      const listener = { changed, ended };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function machineControl(world: World, parts: ControlParts): Omit<Control, People> {
  return {
    state: () => stateOf(world),
    addMedia: (file) => ({ mediaId: keepFile(world, file, KEPT_MS.citizen).id }),
    media: (id) => findFile(world, id) ?? notFound('media'),
    faults: () => ({ ...world.faults }),
    setFaults: (faults) => {
      world.faults = { ...NO_FAULTS, ...faults };
      return { ...world.faults };
    },
    advance: async (ms) => ({ now: await world.schedule.advance(ms) }),
    requests: (after = 0) => world.requests.after(after),
    deliveries: (after = 0) => world.deliveries.after(after),
    decideTemplate: (id, decision) => {
      const business = [...world.businesses.values()].find((one) => one.templates.has(id));
      decide(world, business?.templates.get(id) ?? notFound('template'), decision);
    },
    settled: parts.settled,
    reset: () => reset(world, parts),
  };
}

function stateOf(world: World): SimulatorState {
  return {
    now: world.schedule.now(),
    seed: world.settings.seed,
    numbers: [...world.numbers.values()].map(({ options }) => ({
      numberId: options.numberId,
      businessId: options.businessId,
      displayPhone: options.displayPhone,
      name: options.name,
      ...(options.about === undefined ? {} : { about: options.about }),
      verified: options.verified,
    })),
    citizens: [...world.citizens.values()].map((state) => ({ ...state.citizen })),
    faults: { ...world.faults },
  };
}

function reset(world: World, parts: ControlParts): void {
  world.schedule.clear();
  parts.forgetWebhooks();
  for (const state of world.citizens.values()) for (const listener of state.listeners) listener.ended();
  for (const kept of [world.citizens, world.byPhone, world.byUserId, world.messages, world.media.files]) kept.clear();
  world.media.bytes = 0;
  world.requests.clear();
  world.deliveries.clear();
  world.faults = { ...NO_FAULTS };
  // The numbers of bubbles go on, so that a reader who remembers the last one is not confused.
  Object.assign(world.count, { citizen: 0, send: 0, request: 0, webhook: 0 });
  for (const number of world.numbers.values()) {
    number.busyUntil = 0;
    number.blocked.clear();
  }
  for (const business of world.businesses.values()) {
    for (const template of business.templates.values()) if (template.cancelReview !== undefined) planReview(world, template);
  }
  for (const citizen of world.settings.citizens) addCitizen(world, citizen);
}

function checkFree(world: World, phone: string): void {
  if (world.byPhone.has(phone)) throw new HazirError('simulator:phone-taken', 'Another citizen has this phone number.');
}

function citizenOf(world: World, id: string): CitizenState {
  return world.citizens.get(id) ?? notFound('citizen');
}

function numberOf(world: World, numberId: string): NumberState {
  return world.numbers.get(numberId) ?? notFound('number');
}

function notFound(what: string): never {
  throw new HazirError('simulator:not-found', `There is no such ${what}.`);
}
