/** Meta's own sample requests: with values for their placeholders, all are accepted; as they stand, refused with the right code. */
import { type Json, type JsonObject, listProperty, property } from '@hazir/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sends from '../testdata/meta-sends.json' with { type: 'json' };
import templates from '../testdata/meta-templates.json' with { type: 'json' };
import { type Bench, codeOf, startBench } from '../testing.ts';

/** A placeholder is no media id (100), no address (100), no number (100), no message id (131009), no template (132001). */
const PLACEHOLDER_CODES = {
  'Mark Message As Read': 131009,
  'Send Audio Message by ID': 100,
  'Send Audio Message by URL': 100,
  'Send Document Message by ID': 100,
  'Send Document Message by URL': 100,
  'Send Flow Template Message': 132001,
  'Send Image Message by ID': 100,
  'Send Image Message by URL': 100,
  'Send Location Message': 100,
  'Send Message Template Interactive': 100,
  'Send Message Template Media': 100,
  'Send Message Template Text': 100,
  'Send Reply with Reaction Message': 131009,
  'Send Sticker Message by ID': 100,
  'Send Sticker Message by URL': 100,
  'Send Video Message by ID': 100,
  'Send Video Message by URL': 100,
  'Send typing indicator and read receipt': 131009,
};

let bench: Bench;
const values = new Map<string, string>();

const SAMPLE_TEMPLATES: JsonObject[] = [
  {
    name: 'template-name',
    body: 'Dear {{1}}, {{2}} until {{3}} only.',
    header: 'IMAGE',
    buttons: 2,
  },
  { name: 'template-text', body: 'Dear {{1}}, {{2}} until {{3}} only.' },
  { name: 'flow-template', body: 'Fill this in.', buttons: 1, type: 'FLOW' },
  { name: 'intro_catalog_offer', body: 'Get {{1}} off above {{2}} for {{3}} orders.', buttons: 1, type: 'CATALOG' },
  { name: 'sample_shipping_confirmation', body: 'It arrives within {{1}} days.' },
  { name: 'sample_issue_resolution', body: 'Hi {{1}}, is it solved?', buttons: 2 },
];

beforeAll(async () => {
  bench = await startBench({ pairRate: false, throughput: false }, { templates: SAMPLE_TEMPLATES.map(definitionOf) });
  const { id } = bench.control.say('asha', { numberId: bench.number.numberId, type: 'text', text: 'hello' });
  const media = (mimeType: string) => bench.control.addMedia({ bytes: new Uint8Array([1]), mimeType }).mediaId;
  for (const name of [
    '<MSGID_OF_PREV_MSG>',
    '<MSGID_OF_MSG_YOU_ARE_REPLYING_TO>',
    '<WAM_ID>',
    '<WHATSAPP_MESSAGE_ID>',
    '<INCOMING_MSG_ID>',
  ]) {
    values.set(name, id);
  }
  values.set('<IMAGE_OBJECT_ID>', media('image/jpeg'));
  values.set('<AUDIO_OBJECT_ID>', media('audio/mpeg'));
  values.set('<DOCUMENT_OBJECT_ID>', media('application/pdf'));
  values.set('<MEDIA_OBJECT_ID>', media('image/webp'));
  values.set('<VIDEO_OBJECT_ID>', media('video/mp4'));
  values.set('<LOCATION_LATITUDE>', '19.07');
  values.set('<LOCATION_LONGITUDE>', '72.87');
  values.set('<HEADER_TYPE>', 'text');
  values.set('<TEMPLATE_NAME>', 'flow_template');
  values.set('language-and-locale-code', 'en_US');
});

afterAll(() => bench.close());

function definitionOf(one: JsonObject): JsonObject {
  const text = String(one.body);
  const examples = [...text.matchAll(/\{\{/g)].map(() => 'x');
  const count = Number(one.buttons ?? 0);
  const type = String(one.type ?? 'QUICK_REPLY');
  const buttons = Array.from({ length: count }, (_, index) => ({ type, text: `Button ${index}` }));
  return {
    name: String(one.name).replaceAll('-', '_'),
    language: 'en_US',
    category: 'UTILITY',
    components: [
      ...(one.header === undefined ? [] : [{ type: 'HEADER', format: one.header }]),
      { type: 'BODY', text, ...(examples.length === 0 ? {} : { example: { body_text: [examples] } }) },
      ...(count === 0 ? [] : [{ type: 'BUTTONS', buttons }]),
    ],
  };
}

function filled(value: Json): Json {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one)]));
  }
  if (typeof value !== 'string') return value;
  if (/^<?http\(s\):\/\//.test(value)) return 'https://example.org/file';
  if (value.startsWith('{{Recipient-')) return '+919990000001';
  return values.get(value) ?? value;
}

/** The sample templates differ in what they need; the name in the sample is the same. */
function withTemplate(body: Json): JsonObject {
  const copy = JSON.parse(JSON.stringify(filled(body)));
  if (property(property(copy, 'template'), 'name') !== 'template-name') return copy;
  const media = listProperty(property(copy, 'template'), 'components').length > 1;
  copy.template.name = media ? 'template_name' : 'template_text';
  return copy;
}

describe('a sample request of Meta is accepted', () => {
  test.each(sends)('$name', async ({ method, body }) => {
    const answer = await bench.graph(method, `${bench.number.numberId}/messages`, withTemplate(JSON.parse(JSON.stringify(body))));
    expect(answer).toMatchObject({ status: 200 });
    if (property(body, 'status') === 'read') expect(answer.body).toEqual({ success: true });
    else
      expect(answer.body).toMatchObject({ messaging_product: 'whatsapp', messages: [{ id: expect.stringMatching(/^wamid\./) }] });
  });
});

test('with placeholders instead of values the samples are refused, each with the code of what is wrong', async () => {
  const codes: Record<string, Json> = {};
  for (const { name, method, body } of sends) {
    const copy = JSON.parse(JSON.stringify(body));
    if ('to' in copy) copy.to = '+919990000001';
    const answer = await bench.graph(method, `${bench.number.numberId}/messages`, copy);
    const short = name.replace(/^.*\//, '').replace('Send Reply to ', 'Send ');
    if (answer.status !== 200) codes[short] = codeOf(answer) ?? null;
  }
  expect(codes).toEqual(PLACEHOLDER_CODES);
});

describe('a sample template of Meta can be created', () => {
  test.each(templates.map((sample, index) => ({ ...sample, index })))('$name', async ({ body, index }) => {
    const copy = { ...JSON.parse(JSON.stringify(body)), name: `sample_${index}` };
    const answer = await bench.graph('POST', `${bench.number.businessId}/message_templates`, copy);
    expect(answer).toMatchObject({ status: 200, body: { id: expect.any(String), status: 'PENDING', category: body.category } });
  });
});
