/** Everything that the simulator knows, in memory. The functions beside it read and change it; nothing else holds state. */
import type { JsonObject } from '@hazir/core';
import { createLog, type Log } from './bounded.ts';
import { createIds, type Ids } from './ids.ts';
import type { Settings, SimulatedNumber } from './options.ts';
import type { ChatBody, ChatItem, Citizen, Delivery, Faults, GraphRequest } from './protocol.ts';
import type { Schedule } from './schedule.ts';

export interface World {
  settings: Settings;
  schedule: Schedule;
  ids: Ids;
  faults: Faults;
  numbers: Map<string, NumberState>;
  /** Numbers that an access token may speak for. */
  byToken: Map<string, NumberState[]>;
  businesses: Map<string, BusinessState>;
  citizens: Map<string, CitizenState>;
  /** Digits of a phone to its citizen. */
  byPhone: Map<string, CitizenState>;
  byUserId: Map<string, CitizenState>;
  messages: Map<string, MessageRecord>;
  media: MediaStore;
  requests: Log<GraphRequest>;
  deliveries: Log<Delivery>;
  /** Numbers that only grow; `change` numbers the chat items. */
  count: { citizen: number; change: number; send: number; request: number; webhook: number };
  publish: (update: Update) => void;
}

/** One update of a webhook, before it is put into an envelope. */
export interface Update {
  numberId: string;
  field: string;
  /** Status updates can be lost by a fault. */
  kind: 'message' | 'status' | 'management';
  value: JsonObject;
  /** Updates of one lane are first delivered in order: a citizen's id, or the number's. */
  lane: string;
  onDelivered?: () => void;
}

export interface NumberState {
  options: SimulatedNumber;
  /** Digits of the display phone. */
  digits: string;
  countryCode: string;
  registered: boolean;
  pin: string | undefined;
  callbackOverride: string | undefined;
  /** When the next message is due at the number's throughput (a leaky bucket as one time). */
  busyUntil: number;
  profile: JsonObject;
  settings: JsonObject;
  /** Ids of citizens. */
  blocked: Set<string>;
}

export interface BusinessState {
  businessId: string;
  appId: string;
  subscribed: boolean;
  callbackOverride: string | undefined;
  templates: Map<string, Template>;
  /** `name/language` to template. */
  templateNames: Map<string, Template>;
}

export type TemplateStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';

export interface Template {
  id: string;
  businessId: string;
  name: string;
  language: string;
  category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
  named: boolean;
  status: TemplateStatus;
  rejection: string | undefined;
  components: JsonObject[];
  /** Contains a button that fills in a one-time password; such a template needs a phone number. */
  otp: boolean;
  ttlMs: number | undefined;
  /** Cancels the review that is due. */
  cancelReview: (() => void) | undefined;
}

export interface CitizenState {
  citizen: Citizen;
  rotation: number;
  /** By number id. */
  pairs: Map<string, Pair>;
  items: ChatItem[];
  /** Messages of businesses that wait for the phone to be online. */
  undelivered: Accepted[];
  /** What the citizen wrote offline. */
  unsent: (() => void)[];
  listeners: Set<ChatListener>;
}

export type ChatEvent = ChatItem | { typing: boolean; numberId: string };
type ChatListener = { changed: (event: ChatEvent) => void; ended: () => void };

/** What one number and one citizen have with each other. */
export interface Pair {
  /** The citizen's last message; the service window is open for 24 hours after it. */
  lastInboundAt: number;
  /** When the next message is due at the pair's rate. */
  busyUntil: number;
  /** A message is not delivered before the one sent earlier. */
  deliverFloor: number;
  /** The business wrote to the phone itself: until then webhooks name it although the citizen has a username. */
  phoneKnownUntil: number;
  unread: MessageRecord[];
  /** The citizen's messages that the business has not read. */
  unanswered: MessageRecord[];
  stopTyping: (() => void) | undefined;
}

export interface MessageRecord {
  wamid: string;
  numberId: string;
  citizenId: string | undefined;
  /** Digits, of a recipient whom no citizen is. */
  strangerDigits?: string;
  direction: 'in' | 'out';
  at: number;
  item?: ChatItem;
  reaction: boolean;
  /** For messages of the business. */
  out?: OutRecord;
}

export interface OutRecord {
  index: number;
  version: number;
  tracker: string | undefined;
  category: 'service' | 'marketing' | 'utility' | 'authentication';
  billable: boolean;
  priced: boolean;
  expiresAt: number;
}

/** A message of the business that was accepted. */
export interface Accepted {
  record: MessageRecord;
  out: OutRecord;
  /** What the phone shows; none for a reaction. */
  body: ChatBody | undefined;
  replyTo: string | undefined;
  /** A reaction to one of the citizen's messages; an empty emoji takes it back. */
  reaction: { wamid: string; emoji: string } | undefined;
}

export interface MediaFile {
  id: string;
  bytes: Uint8Array;
  mimeType: string;
  sha256: string;
  fileName: string | undefined;
  expiresAt: number;
}

interface MediaStore {
  files: Map<string, MediaFile>;
  bytes: number;
}

const LOG = { entries: 1_000, bytes: 32 * 1024 * 1024 };

export const NO_FAULTS: Faults = {
  duplicate: 0,
  reorder: 0,
  batch: 1,
  delayMs: 0,
  fail: null,
  drop: 0,
  acceptThenTimeout: 0,
  slowMs: 0,
  escape: false,
};

export function createWorld(settings: Settings, schedule: Schedule, publish: (update: Update) => void): World {
  const numbers = settings.numbers.map(numberState);
  return {
    settings,
    schedule,
    ids: createIds(settings.seed, schedule.now()),
    faults: { ...NO_FAULTS },
    numbers: new Map(numbers.map((number) => [number.options.numberId, number])),
    byToken: Map.groupBy(numbers, (number) => number.options.accessToken),
    businesses: new Map(settings.numbers.map((options) => [options.businessId, businessState(options)])),
    citizens: new Map(),
    byPhone: new Map(),
    byUserId: new Map(),
    messages: new Map(),
    media: { files: new Map(), bytes: 0 },
    requests: createLog(LOG),
    deliveries: createLog(LOG),
    count: { citizen: 0, change: 0, send: 0, request: 0, webhook: 0 },
    publish,
  };
}

function numberState(options: SimulatedNumber): NumberState {
  return {
    options,
    digits: options.displayPhone.replace(/\D/g, ''),
    countryCode: (options.displayPhone.trim().split(/[\s-]/)[0] ?? '').replace(/\D/g, ''),
    registered: true,
    pin: undefined,
    callbackOverride: undefined,
    busyUntil: 0,
    profile: { messaging_product: 'whatsapp', about: options.about ?? '', vertical: 'GOVT', websites: [] },
    settings: {},
    blocked: new Set(),
  };
}

function businessState(options: SimulatedNumber): BusinessState {
  return {
    businessId: options.businessId,
    appId: options.appId,
    subscribed: options.subscribed ?? true,
    callbackOverride: undefined,
    templates: new Map(),
    templateNames: new Map(),
  };
}
