/** Opening a request: once per turn, however often the turn is run. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { channelOf } from '../channel-of.ts';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { badAttribute, saidAttributes } from './attributes.ts';
import type { Category } from './categories.ts';
import { startedClock } from './clocks/request-clock.ts';
import { badInput, categoryName, lifeCycleOf, type RequestDesk, sentAlong } from './desk.ts';
import { notify } from './notifications/notify.ts';
import { noteForward } from './open311/feed/forwards.ts';
import { recordOpening } from './record-event.ts';
import { attachRoomFor, insertRequest, type NewRequest, type RequestRow, readRequest, reserveReference } from './records.ts';
import { findResponsible } from './responsibility/responsibility.ts';

const address = z.string().max(500).nullish();

/** Where something is: a location, a PIN code, or an address in words. */
export const placeInput = z
  .union([
    z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), name: address, address }),
    z.object({ pin: z.string().max(40) }),
    z.object({ address: z.string().max(500) }),
  ])
  .nullish()
  .describe('A location, a PIN code, or an address in words.');

const input = z.object({
  category: z.string().max(40).describe('Code of a category without children.'),
  description: z
    .string()
    .trim()
    .max(4_000)
    .default('')
    .describe("In the citizen's own words; may be empty when a photo says it."),
  place: placeInput,
  area: z.string().max(100).nullish().describe('Code of the area, for example of directory.areasAt.'),
  attachments: sentAlong,
  attributes: saidAttributes.default({}).describe("By the codes of the category's attributes; of a list, keys."),
});
const output = z.object({
  reference: z.string(),
  expectedAt: z.iso.datetime().nullable().describe('When it should be done; null where nothing is promised.'),
  category: z.string().describe('Name of the category.'),
});

/** The operation that opens a request. */
export function openOperation(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.open',
    summary: 'Opens a service request for the citizen and returns its reference.',
    input,
    output,
    badInput,
    run: async (given, context) => {
      const opened = await openRequest(desk, given, context);
      if (!opened.ok) return opened;
      const { reference, expected_at, service_code } = opened.value;
      return done({
        ...{ reference, expectedAt: expected_at?.toISOString() ?? null },
        category: categoryName(desk, service_code, context.subject.language),
      });
    },
  });
}

/** Opens a request for a citizen. Fails for a category that is not there or has children. */
export async function openRequest(
  desk: RequestDesk,
  given: z.output<typeof input>,
  context: OperationContext,
): Promise<Outcome<RequestRow>> {
  const category = desk.categories.byCode(given.category);
  if (category === undefined) return failed('service-requests:unknown-category', 'No category has this code.');
  if (desk.categories.childrenOf(category.code).length > 0)
    return failed('service-requests:category-not-final', 'The category has children: one of them must be chosen.');
  const bad = badAttribute(category.attributes, given.attributes);
  if (bad !== undefined)
    return failed('service-requests:bad-attribute', `The category has no attribute "${bad}" with this value.`);
  return done(await openOnce(desk, requestOf(desk, category, { given, context }), { given, context }));
}

interface Turn {
  given: z.output<typeof input>;
  context: OperationContext;
}

async function openOnce(desk: RequestDesk, request: NewRequest, { given, context }: Turn): Promise<RequestRow> {
  const { tx, now, random } = context;
  const eventId = context.newId();
  const earlier = await readRequest(tx, request);
  if (earlier !== undefined) return earlier;
  const reference = await reserveReference(tx, request, { pattern: desk.settings.reference, random });
  const row = await insertRequest(tx, request, reference);
  await attachRoomFor(tx, request, { messageIds: given.attachments, most: desk.settings.mostFiles, now });
  const { attributes } = given;
  const details = Object.keys(attributes).length === 0 ? undefined : { attributes };
  const event = { id: eventId, type: 'service_request_opened', actor: 'citizen', details, now } as const;
  await recordOpening(tx, row, event);
  await notify(tx, desk, { row, event, actor: { as: 'citizen', contactId: request.contactId } });
  await noteForward(tx, desk, row);
  return row;
}

function requestOf(desk: RequestDesk, category: Category, { given, context }: Turn): NewRequest {
  const { subject, now, newId } = context;
  const { place } = given;
  const point = place && 'latitude' in place ? place : undefined;
  const area = given.area ?? null;
  const { start } = lifeCycleOf(desk, category.code);
  const promised = { service_code: category.code, area, priority: category.priority };
  const matter = { department: category.department, serviceCode: category.code, area };
  return {
    ...{ organizationId: subject.organizationId, contactId: subject.contactId, id: newId() },
    ...{ serviceCode: category.code, status: start.code, kind: start.kind, area },
    ...findResponsible(desk.responsibility, matter),
    description: given.description,
    latitude: point?.latitude ?? null,
    longitude: point?.longitude ?? null,
    address: addressOf(place),
    ...{ channelId: channelOf(subject), language: subject.language, now },
    ...{ priority: category.priority, clock: startedClock(desk, promised, now) },
  };
}

function addressOf(place: Turn['given']['place']): string | null {
  if (!place) return null;
  if ('pin' in place) return `PIN ${place.pin}`;
  const parts = 'latitude' in place ? [place.name, place.address] : [place.address];
  const text = parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
  return text === '' ? null : text;
}
