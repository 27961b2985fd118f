/** Meta's own samples through parser, renderer and classifier; testdata/ATTRIBUTION.md says where they come from. */
import { isJsonObject, type Json, type OutboundMessage, property } from '@hazir/core';
import { describe, expect, test } from 'vitest';
import { whatsapp } from './index.ts';
import media from './testdata/meta-media.json' with { type: 'json' };
import sends from './testdata/meta-sends.json' with { type: 'json' };
import ours from './testdata/meta-sends-ours.json' with { type: 'json' };
import webhooks from './testdata/meta-webhooks.json' with { type: 'json' };
import expectedWebhooks from './testdata/meta-webhooks-expected.json' with { type: 'json' };
import { account, contextFor, jsonBody, readCases } from './testing.ts';

interface Send {
  name: string;
  message: OutboundMessage;
  mediaId?: string;
  differences: { path: string; reason: string }[];
}

describe("Meta's webhook samples", () => {
  test('each has an expectation', () => {
    expect(Object.keys(expectedWebhooks).sort()).toEqual(webhooks.map(({ name }) => name).sort());
  });
  test.each(webhooks)('$name', ({ name, body }) => {
    const found = whatsapp.parse(body);
    expect(found).toMatchObject(Object(property(expectedWebhooks, name)));
    expect(found).toHaveLength(1);
  });
});

describe("Meta's send samples", () => {
  test('each is rendered or listed with a reason', () => {
    const named = [...ours.sends, ...ours.unsupported].map(({ name }) => name);
    expect(named.sort()).toEqual(sends.map(({ name }) => name).sort());
  });
  test.each(readCases<Send>(ours.sends))('$name', ({ name, message, mediaId, differences }) => {
    const theirs = sends.find((send) => send.name === name)?.body;
    const context = contextFor([{ kind: 'phone', value: '16315551234' }], { 'sha256:00': mediaId });
    const body = jsonBody(whatsapp.render(message, { ...context, tracker: '' }));
    expect(body).toHaveProperty('to', '+16315551234');
    expect(differingPaths({ ...body, to: property(theirs, 'to') ?? null }, readTree(theirs)).sort()).toEqual(
      differences.map(({ path }) => path).sort(),
    );
  });
  test('a read receipt with typing', () => {
    const theirs = sends.find(({ name }) => name.startsWith('Typing'))?.body;
    expect(jsonBody(whatsapp.renderRead('<WHATSAPP_MESSAGE_ID>', true, account))).toEqual(theirs);
  });
});

describe("Meta's responses", () => {
  test.each(sends.filter(({ response }) => response !== ''))('$name', ({ response }) => {
    const outcome = whatsapp.classify({ status: 200, headers: {}, body: response });
    expect(outcome).toMatchObject({ type: 'accepted', held: false });
  });
  test('uploads tell the media id, as text', () => {
    const found = media.filter(({ name }) => name.startsWith('Media/Upload'));
    const ids = found.map(({ response }) => whatsapp.media.uploadedId({ status: 200, headers: {}, body: response }));
    expect(ids).toEqual(['<MEDIA_ID>', '<MEDIA_ID>', '<MEDIA_ID>']);
  });
  test('the address of a file', () => {
    const body = (media.find(({ name }) => name.endsWith('Media URL'))?.response ?? '').replace(
      '<URL>',
      'https://lookaside.fbsbx.com/1',
    );
    const found = whatsapp.media.download({ status: 200, headers: {}, body }, account);
    expect(found).toMatchObject({ mimeType: 'image/jpeg', bytes: 303833, request: { url: 'https://lookaside.fbsbx.com/1' } });
  });
});

/** Paths at which two JSON values differ: a missing or added branch counts once, at its root. */
function differingPaths(one: Json | undefined, other: Json | undefined, path = ''): string[] {
  if (one === undefined || other === undefined) return one === other ? [] : [path];
  const bothLists = Array.isArray(one) && Array.isArray(other);
  if (!bothLists && !(isJsonObject(one) && isJsonObject(other)))
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [path];
  const [left, right] = [Object.entries(one), Object.entries(other)];
  const keys = new Set([...left, ...right].map(([key]) => key));
  return [...keys].flatMap((key) =>
    differingPaths(new Map(left).get(key), new Map(right).get(key), path === '' ? key : `${path}.${key}`),
  );
}

function readTree(value: unknown): Json {
  const tree: Json = JSON.parse(JSON.stringify(value));
  return tree;
}
