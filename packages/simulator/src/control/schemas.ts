/** What the control API takes, checked at the border; the types are those of protocol.ts. */
import { z } from 'zod';
import { MOST_ADVANCE_MS } from '../schedule.ts';

const id = z.string().min(1).max(600);
const name = z.string().min(1).max(200);
const phone = z.string().regex(/^\d{6,15}$/, 'E.164 digits without "+"');
const username = z.string().regex(/^[a-z0-9._]{3,35}$/, '3 to 35 of a-z, 0-9, full stop and underscore');
const identityMode = z.enum(['phone', 'phone_and_user_id', 'user_id_only']);
const marketing = z.enum(['resumed', 'stopped']);
const text = z.string().min(1).max(65_536);
const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const probability = z.number().min(0).max(1);

export const newCitizenSchema = z.strictObject({
  name,
  phone: phone.exactOptional(),
  username: username.exactOptional(),
  identityMode: identityMode.exactOptional(),
});

export const citizenChangeSchema = z.strictObject({
  name: name.exactOptional(),
  online: z.boolean().exactOptional(),
  onWhatsApp: z.boolean().exactOptional(),
  readReceipts: z.boolean().exactOptional(),
  marketing: marketing.exactOptional(),
  identityMode: identityMode.exactOptional(),
  phone: phone.exactOptional(),
  rotateUserId: z.literal(true).exactOptional(),
});

const chat = { numberId: id, replyTo: id.exactOptional() };

export const citizenMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...chat, type: z.literal('text'), text }),
  z.strictObject({ ...chat, type: z.literal('tap'), choiceId: z.string().min(1).max(256), replyTo: id }),
  z.strictObject({
    ...chat,
    type: z.literal('location'),
    latitude,
    longitude,
    name: z.string().max(1_000).exactOptional(),
    address: z.string().max(1_000).exactOptional(),
  }),
  z.strictObject({
    ...chat,
    type: z.literal('media'),
    media: z.enum(['image', 'video', 'audio', 'voice', 'document', 'sticker']),
    mediaId: id,
    caption: z.string().max(1_024).exactOptional(),
    fileName: z.string().max(240).exactOptional(),
  }),
  z.strictObject({ ...chat, type: z.literal('contacts'), name, phone: z.string().min(3).max(40) }),
  z.strictObject({ ...chat, type: z.literal('share_phone'), replyTo: id }),
  z.strictObject({ ...chat, type: z.literal('reaction'), wamid: id, emoji: z.string().max(32) }),
  z.strictObject({ ...chat, type: z.literal('edit'), wamid: id, text }),
  z.strictObject({ ...chat, type: z.literal('revoke'), wamid: id }),
  z.strictObject({ ...chat, type: z.literal('raw'), message: z.json() }),
]);

export const readsSchema = z.strictObject({ numberId: id });

/** A part of the faults; what is left out goes back to "none". */
export const faultsSchema = z.strictObject({
  duplicate: probability.default(0),
  reorder: probability.default(0),
  batch: z.int().min(1).max(1_000).default(1),
  delayMs: z.int().min(0).max(86_400_000).default(0),
  fail: z
    .strictObject({ code: z.int().min(0).max(10_000_000), probability })
    .nullable()
    .default(null),
  drop: probability.default(0),
  acceptThenTimeout: probability.default(0),
  slowMs: z.int().min(0).max(600_000).default(0),
  escape: z.boolean().default(false),
});

export const clockSchema = z.strictObject({ advanceMs: z.int().min(0).max(MOST_ADVANCE_MS) });

export const templateEventSchema = z.strictObject({
  event: z.enum(['APPROVED', 'REJECTED', 'PAUSED', 'DISABLED', 'REINSTATED']),
  reason: z.string().max(100).exactOptional(),
});
