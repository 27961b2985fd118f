/** A service request as officers' programs see it. Words, the address and the exact place take a key for details. */
import {
  type Attachment,
  attributesInWords,
  categoryName,
  currentState,
  departmentName,
  type EventRow,
  eventFor,
  isLate,
  lifeCycleOf,
  type Move,
  moversOf,
  movesFrom,
  type RequestDesk,
  type RequestRow,
  textIn,
} from '@hazir/services';
import { z } from '@hono/zod-openapi';
import { type ApiDeps, type Caller, deskOf } from './admit.ts';

const moment = z.iso.datetime();
export const kindSchema = z.enum(['open', 'working', 'waiting', 'closed']);

/** Whoever looks, and through what. */
export interface View extends Pick<Caller, 'id' | 'post' | 'language'> {
  desk: RequestDesk;
  /** May read words, addresses and exact places. */
  details: boolean;
}

export function viewOf(deps: ApiDeps, caller: Caller): View {
  const { id, post, language } = caller;
  return { id, post, language, desk: deskOf(deps, caller), details: caller.permissions.has('details.read') };
}

/** Where a request stands: also the answer to everything that changes it. */
export const standingSchema = z
  .object({
    reference: z.string().openapi({ example: 'MUM-4821-9374' }),
    category: z.string(),
    state: z.string().openapi({ description: 'Code of the state in the life cycle.' }),
    kind: kindSchema,
    version: z.number().int().openapi({ description: 'Send it with a change: who was slower is told.' }),
    department: z.string().nullable(),
    area: z.string().nullable(),
    post: z.string().nullable(),
    dueAt: moment.nullable(),
    duplicateOf: z.string().nullable(),
  })
  .openapi('Standing');

export const cardSchema = standingSchema
  .extend({
    categoryName: z.string(),
    stateName: z.string(),
    departmentName: z.string().nullable(),
    priority: z.number().int(),
    overdue: z.boolean(),
    createdAt: moment,
    updatedAt: moment,
    expectedAt: moment.nullable(),
    closedAt: moment.nullable(),
    reopened: z.number().int(),
    rating: z.number().int().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
  })
  .openapi('Request');

const moveSchema = z
  .object({
    code: z.string(),
    name: z.string(),
    requires: z.array(z.enum(['note', 'reason'])),
    reasons: z.array(z.object({ code: z.string(), name: z.string() })),
    photo: z.object({ metres: z.number(), hours: z.number() }).nullable(),
    by: z.enum(['moves', 'transfers', 'merges']).openapi({ description: 'The address to which it is posted.' }),
  })
  .openapi('Move');

const eventSchema = z
  .object({
    at: moment,
    type: z.string(),
    move: z.string().nullable(),
    state: z.string().nullable(),
    actor: z.string(),
    post: z.string().nullable(),
    said: z.string().openapi({ description: 'What it is called; empty where its type says it.' }),
    note: z.string().nullable(),
  })
  .openapi('Event');

const attachmentSchema = z
  .object({
    id: z.string(),
    mimeType: z.string().nullable(),
    takenAt: moment.nullable(),
    metres: z.number().nullable().openapi({ description: 'From where it was taken to the place of the request.' }),
    alsoWith: z.array(z.string()).openapi({ description: 'Other requests to which the same content was sent.' }),
  })
  .openapi('Attachment');

export const fullSchema = cardSchema
  .extend({
    description: z.string().nullable(),
    address: z.string().nullable(),
    attributes: z
      .array(z.object({ code: z.string(), label: z.string(), value: z.string() }))
      .openapi({ description: 'What else was said of it, as its category asks; empty without "details".' }),
    moves: z.array(moveSchema).openapi({ description: 'What this key may do now.' }),
    timeline: z.array(eventSchema),
    attachments: z.array(attachmentSchema),
  })
  .openapi('FullRequest');

export function standingOf(row: RequestRow): z.infer<typeof standingSchema> {
  return {
    ...{ reference: row.reference, category: row.service_code, state: row.status, kind: row.kind, version: row.version },
    ...{ department: row.department, area: row.area, post: row.post },
    ...{ dueAt: row.due_at?.toISOString() ?? null, duplicateOf: row.duplicate_of },
  };
}

export function cardOf(row: RequestRow, { desk, language, details }: View, now: Date): z.infer<typeof cardSchema> {
  return {
    ...standingOf(row),
    categoryName: categoryName(desk, row.service_code, language),
    stateName: textIn(currentState(desk, row).name, language, desk.defaultLanguage),
    departmentName: row.department === null ? null : departmentName(desk, row.department, language),
    ...{ priority: row.priority, reopened: row.reopened_count, rating: row.rating },
    overdue: isLate(row, now),
    ...{ createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString() },
    ...{ expectedAt: row.expected_at?.toISOString() ?? null, closedAt: row.closed_at?.toISOString() ?? null },
    ...{ latitude: placed(row.latitude, details), longitude: placed(row.longitude, details) },
  };
}

export function fullCardOf(
  row: RequestRow,
  { events, attachments }: { events: EventRow[]; attachments: Attachment[] },
  { view, now }: { view: View; now: Date },
): z.infer<typeof fullSchema> {
  const { desk, details } = view;
  const movers = moversOf(desk, row, actorOf(view));
  return {
    ...cardOf(row, view, now),
    ...{ description: details ? row.description : null, address: details ? row.address : null },
    attributes: details ? saidOf(row, events, view) : [],
    moves: movesFrom(lifeCycleOf(desk, row.service_code), currentState(desk, row), movers).map((move) => moveCard(move, view)),
    timeline: events.map((event) => ({
      ...{ at: event.happened_at.toISOString(), type: event.type, move: event.move, state: event.state },
      ...{ actor: event.actor, post: event.post, note: details ? event.note : null },
      said: eventFor(desk, row, { event, as: 'citizen', language: view.language }).said,
    })),
    attachments: attachments.map(({ messageId, mimeType, takenAt, metres, alsoWith }) => ({
      ...{ id: messageId, mimeType, metres, alsoWith, takenAt: takenAt?.toISOString() ?? null },
    })),
  };
}

function saidOf(row: RequestRow, events: EventRow[], { desk, language }: View): z.infer<typeof fullSchema>['attributes'] {
  const opening = events.find(({ type }) => type === 'service_request_opened');
  const { attributes = [] } = desk.categories.byCode(row.service_code) ?? {};
  return attributesInWords(attributes, opening?.details ?? undefined, [language, desk.defaultLanguage]);
}

/** As the life cycle sees whoever calls. */
export function actorOf({ id, post }: Pick<Caller, 'id' | 'post'>) {
  return { as: 'officer' as const, id, ...(post !== null && { post }) };
}

function moveCard(move: Move, { desk, language }: View): z.infer<typeof moveSchema> {
  const nameOf = (text: Move['name']) => textIn(text, language, desk.defaultLanguage);
  return {
    ...{ code: move.code, name: nameOf(move.name), requires: [...move.requires], photo: move.photo ?? null },
    reasons: [...move.reasons].map(([code, name]) => ({ code, name: nameOf(name) })),
    by: move.does === undefined ? 'moves' : move.does === 'transfer' ? 'transfers' : 'merges',
  };
}

/** About a hundred metres, where the exact place is not to be seen. */
function placed(degrees: number | null, details: boolean): number | null {
  return degrees === null || details ? degrees : Math.round(degrees * 1_000) / 1_000;
}
