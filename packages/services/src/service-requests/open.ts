/** Opening a request: once per turn, however often the turn is run. */
import type { CallSubject } from '@hazir/core';
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed } from '../define-operation.ts';
import type { Category } from './categories.ts';
import { badInput, categoryName, type Desk, messageReference } from './desk.ts';
import { attachMessages, insertRequest, type NewRequest, readRequest, recordEvent, reserveReference } from './records.ts';

const address = z.string().max(500).nullish();
const input = z.object({
  category: z.string().max(40).describe('Code of a category without children.'),
  description: z
    .string()
    .trim()
    .max(2_000)
    .default('')
    .describe("In the citizen's own words; may be empty when a photo says it."),
  place: z
    .union([
      z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), name: address, address }),
      z.object({ pin: z.string().max(40) }),
      z.object({ address: z.string().max(500) }),
    ])
    .nullish()
    .describe('A location, a PIN code, or an address in words.'),
  area: z.string().max(100).nullish().describe('Code of the area, for example of directory.areasAt.'),
  attachments: z.array(messageReference).max(10).default([]).describe("The citizen's messages with photos or documents."),
});
const output = z.object({
  reference: z.string(),
  expectedAt: z.iso.datetime().nullable().describe('When it should be done; null where nothing is promised.'),
  expectedHours: z.number().nullable(),
  category: z.string().describe('Name of the category.'),
});

/** The operation that opens a request. */
export function openOperation(desk: Desk): Operation {
  return defineOperation({
    name: 'serviceRequests.open',
    summary: 'Opens a service request for the citizen and returns its reference.',
    input,
    output,
    badInput,
    run: async (given, context) => {
      const category = desk.categories.byCode(given.category);
      if (category === undefined) return failed('service-requests:unknown-category', 'No category has this code.');
      if (desk.categories.childrenOf(category.code).length > 0) {
        return failed('service-requests:category-not-final', 'The category has children: one of them must be chosen.');
      }
      const opened = await openOnce(desk, requestOf(given, category, context), { given, context });
      const expectedAt = opened.expectedAt?.toISOString() ?? null;
      const name = categoryName(desk, opened.serviceCode, context.subject.language);
      return done({ reference: opened.reference, expectedAt, expectedHours: category.expectedHours ?? null, category: name });
    },
  });
}

async function openOnce(
  desk: Desk,
  request: NewRequest,
  { given, context }: { given: z.output<typeof input>; context: OperationContext },
): Promise<{ reference: string; expectedAt: Date | null; serviceCode: string }> {
  const { tx, now, random } = context;
  const eventId = context.newId();
  const earlier = await readRequest(tx, request);
  if (earlier !== undefined) {
    return { reference: earlier.reference, expectedAt: earlier.expected_at, serviceCode: earlier.service_code };
  }
  const reference = await reserveReference(tx, request, { pattern: desk.settings.reference, random });
  await insertRequest(tx, request, reference);
  await attachMessages(tx, request, { messageIds: given.attachments, now });
  const event = { id: eventId, type: 'service_request_opened', actor: 'citizen', now } as const;
  await recordEvent(tx, request, { status: 'open', event });
  return { reference, expectedAt: request.expectedAt, serviceCode: request.serviceCode };
}

function requestOf(given: z.output<typeof input>, category: Category, { subject, now, newId }: OperationContext): NewRequest {
  const { place } = given;
  const point = place && 'latitude' in place ? place : undefined;
  return {
    organizationId: subject.organizationId,
    contactId: subject.contactId,
    id: newId(),
    serviceCode: category.code,
    description: given.description,
    area: given.area ?? null,
    latitude: point?.latitude ?? null,
    longitude: point?.longitude ?? null,
    address: addressOf(place),
    channelId: channelOf(subject),
    language: subject.language,
    now,
    expectedAt: category.expectedHours === undefined ? null : new Date(now.getTime() + category.expectedHours * 3_600_000),
  };
}

function addressOf(place: z.output<typeof input>['place']): string | null {
  if (!place) return null;
  if ('pin' in place) return `PIN ${place.pin}`;
  const parts = 'latitude' in place ? [place.name, place.address] : [place.address];
  const text = parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
  return text === '' ? null : text;
}

/** A conversation's id ends in its channel. */
function channelOf({ conversationId }: CallSubject): number | null {
  const channel = /\/(\d{1,9})$/.exec(conversationId)?.[1];
  return channel === undefined ? null : Number(channel);
}
