/**
 * The control API's answers, checked where they enter the page. Each schema has the protocol's type, so the two cannot
 * drift apart; an item that a newer simulator shapes differently is left out instead of breaking the phone.
 */
import * as z from 'zod/mini';
import type {
  BusinessNumber,
  ChatBody,
  ChatHeader,
  ChatItem,
  Citizen,
  Delivery,
  Faults,
  GraphRequest,
  SimulatorState,
} from '../../src/protocol.ts';

const text = z.string();
const optionalText = z.exactOptional(text);
const ticks = z.enum(['pending', 'sent', 'delivered', 'read', 'played', 'failed']);

const header: z.ZodMiniType<ChatHeader> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text }),
  z.object({ type: z.literal('media'), media: text, url: text }),
]);
const optionalHeader = z.exactOptional(header);

const body: z.ZodMiniType<ChatBody> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text }),
  z.object({
    type: z.literal('buttons'),
    header: optionalHeader,
    text,
    footer: optionalText,
    buttons: z.array(z.object({ id: text, label: text })),
  }),
  z.object({
    type: z.literal('list'),
    header: optionalHeader,
    text,
    footer: optionalText,
    openLabel: text,
    sections: z.array(
      z.object({ title: optionalText, rows: z.array(z.object({ id: text, label: text, detail: optionalText })) }),
    ),
  }),
  z.object({ type: z.literal('link'), header: optionalHeader, text, footer: optionalText, label: text, url: text }),
  z.object({ type: z.literal('location_request'), text }),
  z.object({ type: z.literal('contact_request'), text }),
  z.object({
    type: z.literal('media'),
    media: text,
    mediaId: text,
    url: text,
    mimeType: text,
    caption: optionalText,
    fileName: optionalText,
  }),
  z.object({
    type: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    name: optionalText,
    address: optionalText,
  }),
  z.object({ type: z.literal('contacts'), contacts: z.array(z.object({ name: text, phones: z.array(text) })) }),
  z.object({
    type: z.literal('template'),
    header: optionalHeader,
    text,
    footer: optionalText,
    buttons: z.array(z.object({ id: text, label: text, url: optionalText })),
  }),
  z.object({ type: z.literal('unsupported'), detail: text }),
]);

export const chatItem: z.ZodMiniType<ChatItem> = z.object({
  seq: z.number(),
  wamid: text,
  numberId: text,
  from: z.enum(['citizen', 'business']),
  at: z.number(),
  ticks,
  failure: optionalText,
  body,
  replyTo: optionalText,
  reaction: optionalText,
  edited: z.exactOptional(z.boolean()),
  revoked: z.exactOptional(z.boolean()),
});

/** "typing…" starts and stops as its own event in the stream. */
export interface TypingEvent {
  typing: boolean;
  numberId: string;
}

export const typingEvent: z.ZodMiniType<TypingEvent> = z.object({ typing: z.boolean(), numberId: text });

export const citizen: z.ZodMiniType<Citizen> = z.object({
  id: text,
  name: text,
  phone: text,
  userId: text,
  username: optionalText,
  identityMode: z.enum(['phone', 'phone_and_user_id', 'user_id_only']),
  readReceipts: z.boolean(),
  online: z.boolean(),
  onWhatsApp: z.boolean(),
  marketing: z.enum(['resumed', 'stopped']),
});

const businessNumber: z.ZodMiniType<BusinessNumber> = z.object({
  numberId: text,
  businessId: text,
  displayPhone: text,
  name: text,
  about: optionalText,
  verified: z.boolean(),
});

export const faults: z.ZodMiniType<Faults> = z.object({
  duplicate: z.number(),
  reorder: z.number(),
  batch: z.number(),
  delayMs: z.number(),
  fail: z.nullable(z.object({ code: z.number(), probability: z.number() })),
  drop: z.number(),
  acceptThenTimeout: z.number(),
  slowMs: z.number(),
  escape: z.boolean(),
});

export const simulatorState: z.ZodMiniType<SimulatorState> = z.object({
  now: z.number(),
  seed: z.number(),
  numbers: z.array(businessNumber),
  citizens: z.array(citizen),
  faults,
});

export const graphRequest: z.ZodMiniType<GraphRequest> = z.object({
  seq: z.number(),
  at: z.number(),
  method: text,
  path: text,
  body: z.json(),
  status: z.number(),
  response: z.json(),
});

export const delivery: z.ZodMiniType<Delivery> = z.object({
  seq: z.number(),
  at: z.number(),
  attempt: z.number(),
  status: z.union([z.number(), z.literal('unreachable')]),
  body: z.json(),
});

export const created = z.object({ id: text });
export const uploaded = z.object({ mediaId: text });
export const clockAnswer = z.object({ now: z.number() });

/** Reads `{ items }` and keeps those that match. */
export function itemsOf<T>(schema: z.ZodMiniType<T>, answer: unknown): T[] {
  const list = z.safeParse(z.object({ items: z.array(z.unknown()) }), answer);
  if (!list.success) return [];
  return list.data.items.flatMap((item) => {
    const parsed = z.safeParse(schema, item);
    return parsed.success ? [parsed.data] : [];
  });
}
