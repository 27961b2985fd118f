import { type ChannelUpdate, isJsonObject, type Json, type JsonObject } from '@hazir/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from './parse.ts';
import messages from './testdata/inbound.json' with { type: 'json' };
import samples from './testdata/meta-webhooks.json' with { type: 'json' };
import values from './testdata/values.json' with { type: 'json' };

const accountId = '106540352242922';
const metadata = { display_phone_number: '+1 555-000-1111', phone_number_id: accountId };
const frame = { accountId, externalId: 'wamid.1', timestamp: 1_790_000_000_000 };
const sender = { identities: [{ kind: 'phone', value: '919820000000' }] };

describe('one message', () => {
  test.each(messages)('$description', ({ message, contacts, expected }) => {
    const complete = withoutNull({ id: 'wamid.1', from: '919820000000', timestamp: '1790000000', ...message });
    const found = parse(envelope('messages', { metadata, messages: [complete], ...(contacts && { contacts }) }));
    expect(found.map(withoutRaw)).toEqual([{ ...defaultsOf(expected.type), ...expected }]);
  });
});

describe('one value', () => {
  test.each(values)('$description', ({ field, value, time, expected }) => {
    const found = parse(envelope(field, withoutNull(value), time));
    const compared = found.map((update, index) => ('raw' in (expected[index] ?? {}) ? update : withoutRaw(update)));
    expect(compared).toEqual(expected);
  });
});

describe('bodies that are not of Meta', () => {
  test.each<[string, Json, string]>([
    ['nothing', null, 'body:object'],
    ['a list', [], 'body:object'],
    ['another product', { object: 'page', entry: [] }, 'body:object'],
    ['no entries', { object: 'whatsapp_business_account' }, 'body:empty'],
    ['an entry without changes', { object: 'whatsapp_business_account', entry: [{}] }, 'entry:empty'],
    ['a change without a value', { object: 'whatsapp_business_account', entry: [{ changes: [{ field: 'x' }] }] }, 'change:shape'],
    ['a change without a field', { object: 'whatsapp_business_account', entry: [{ changes: [{ value: {} }] }] }, 'field:other'],
  ])('%s', (_description, body, reason) => {
    expect(parse(body)).toMatchObject([{ type: 'unknown_received', reason }]);
  });
});

describe('any input', () => {
  test('never throws and never falls silent, on arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(parse(JSON.parse(text)).length).toBeGreaterThan(0);
      }),
    );
  });

  test('never throws on samples with a part replaced by anything', () => {
    const bodies = fc.constantFrom<Json>(...samples.map(({ body }) => body), ...values.map(asBody), ...messages.map(asMessage));
    fc.assert(
      fc.property(bodies, fc.nat(200), fc.jsonValue({ maxDepth: 3 }), (body, position, part) => {
        const mutated = replaceNth(body, position, JSON.parse(JSON.stringify(part)));
        for (const update of parse(mutated)) expect(isWellFormed(update)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('names of object properties are no data', () => {
    for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(
        parse(envelope('messages', { metadata, messages: [{ ...frame, id: 'a', from: '919820000000', type: word }] })),
      ).toMatchObject([{ type: 'unknown_received' }]);
      expect(parse(envelope(word, { metadata }))).toMatchObject([{ type: 'unknown_received' }]);
    }
  });
});

describe('a batch of a thousand', () => {
  const thousand = Array.from({ length: 1000 }, (_, index) => index);
  const batch = envelope('messages', {
    metadata,
    contacts: thousand.map((index) => ({
      wa_id: `9198${100_000 + index}`,
      user_id: `IN.${index}`,
      profile: { name: `N${index}` },
    })),
    messages: thousand.map((index) => ({
      id: `wamid.${index}`,
      from: `9198${100_000 + index}`,
      from_user_id: `IN.${index}`,
      timestamp: '1790000000',
      type: 'text',
      text: { body: `message ${index}` },
    })),
  });

  test('every one is read, with its own sender and its own raw part', () => {
    const found = parse(batch);
    expect(found).toHaveLength(1000);
    found.forEach((update, index) => {
      expect(update).toMatchObject({ externalId: `wamid.${index}`, profileName: `N${index}` });
      expect(JSON.stringify(update.raw).length).toBeLessThan(400);
    });
  });

  test('spread over entries and changes', () => {
    const parts = thousand.map((index) => ({
      id: '1',
      changes: [{ field: 'messages', value: { metadata, statuses: [statusOf(index)] } }],
    }));
    const found = parse({ object: 'whatsapp_business_account', entry: parts });
    expect(found.map((update) => update.type === 'status_reported' && update.externalId)).toEqual(
      thousand.map((index) => `wamid.${index}`),
    );
  });
});

function statusOf(index: number): JsonObject {
  return { id: `wamid.${index}`, status: 'sent', timestamp: '1790000000' };
}

function envelope(field: string, value: Json, time?: number): JsonObject {
  const entry = { id: '102290129340398', ...(time !== undefined && { time }), changes: [{ field, value }] };
  return { object: 'whatsapp_business_account', entry: [entry] };
}

function asBody({ field, value }: { field: string; value: Json }): Json {
  return envelope(field, value);
}

function asMessage({ message }: { message: Json }): Json {
  return envelope('messages', {
    metadata,
    messages: [{ id: 'wamid.1', from: '919820000000', timestamp: '1790000000', ...Object(message) }],
  });
}

/** Cases write null for a key that Meta leaves out. */
function withoutNull(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNull(each)]])));
}

function withoutRaw({ raw: _raw, ...update }: ChannelUpdate): object {
  return update;
}

function defaultsOf(type: string): object {
  if (type === 'message_received') return { ...frame, ...sender };
  if (type === 'identity_changed') return frame;
  return type === 'notice_received' ? { accountId, timestamp: frame.timestamp } : { accountId };
}

/** Replaces the part at a position, counted through the whole tree. */
function replaceNth(value: Json, position: number, part: Json): Json {
  let left = position;
  const walk = (each: Json): Json => {
    if (left === 0) {
      left -= 1;
      return part;
    }
    left -= 1;
    if (Array.isArray(each)) return each.map(walk);
    return isJsonObject(each) ? Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, walk(inner)])) : each;
  };
  return walk(value);
}

function isWellFormed(update: ChannelUpdate): boolean {
  if (update.raw === undefined) return false;
  if (update.type === 'unknown_received') return /^[a-z_]+:[A-Za-z0-9_.-]+$/.test(update.reason);
  if (update.timestamp !== undefined && !(Number.isSafeInteger(update.timestamp) && update.timestamp > 0)) return false;
  if (update.type === 'message_received') return update.identities.length > 0 && update.externalId !== '';
  return update.type === 'notice_received' ? update.field !== '' : update.externalId !== '';
}
