/** What the Graph API refuses: each case is a request body, put over a valid frame, and Meta's code. */
import { type Json, type JsonObject, listProperty, property } from '@hazir/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import cases from '../testdata/refusals.json' with { type: 'json' };
import { type Bench, codeOf, startBench } from '../testing.ts';

const example = (...values: string[]) => ({ example: { body_text: [values] } });
const TEMPLATES: JsonObject[] = [
  {
    name: 'visit',
    language: 'en',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'Your visit on {{1}} at {{2}} is booked.', ...example('Monday', '10:00') },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Cancel' }] },
    ],
  },
  {
    name: 'named',
    language: 'en',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [
      { type: 'BODY', text: 'Dear {{who}}, hello.', example: { body_text_named_params: [{ param_name: 'who', example: 'A' }] } },
    ],
  },
  {
    name: 'picture',
    language: 'en',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::a'] } },
      { type: 'BODY', text: 'A picture.' },
    ],
  },
  {
    name: 'link',
    language: 'en',
    category: 'UTILITY',
    components: [
      { type: 'BODY', text: 'A link.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Open', url: 'https://example.org/{{1}}', example: ['x'] }] },
    ],
  },
  { name: 'paused', language: 'en', category: 'UTILITY', components: [{ type: 'BODY', text: 'Paused.' }] },
  { name: 'disabled', language: 'en', category: 'UTILITY', components: [{ type: 'BODY', text: 'Disabled.' }] },
];

let bench: Bench;

beforeAll(async () => {
  bench = await startBench({ throughput: false }, { templates: TEMPLATES });
  bench.control.say('asha', { numberId: bench.number.numberId, type: 'text', text: 'open the window' });
  for (const [name, event] of [
    ['paused', 'PAUSED'],
    ['disabled', 'DISABLED'],
  ] as const) {
    const found = await bench.graph('GET', `${bench.number.businessId}/message_templates?name=${name}`);
    bench.control.decideTemplate(String(property(listProperty(found.body, 'data')[0], 'id')), { event });
  }
});

afterAll(() => bench.close());

/** "@repeat:x:3" stands for "xxx", so that the table stays readable; null takes a field away. */
function expanded(value: Json): Json {
  if (typeof value === 'string' && value.startsWith('@repeat:')) {
    const [, unit = '', count = '0'] = value.split(':');
    return unit.repeat(Number(count));
  }
  if (Array.isArray(value)) return value.map(expanded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (one === null ? [] : [[key, expanded(one)]])));
}

describe('a send is refused for', () => {
  test.each(cases)('$description: $code', async ({ body, code }) => {
    const frame: JsonObject = { messaging_product: 'whatsapp', to: '+919990000001', ...JSON.parse(JSON.stringify(body)) };
    const answer = await bench.graph('POST', `${bench.number.numberId}/messages`, JSON.parse(JSON.stringify(expanded(frame))));
    expect({ code: codeOf(answer), refused: answer.status >= 400 }).toEqual({ code, refused: true });
    const error = property(answer.body, 'error');
    expect(error).toMatchObject({
      type: 'OAuthException',
      fbtrace_id: expect.any(String),
      message: expect.stringContaining(`(#${code})`),
    });
  });
});

test('before version 23 a line break in a parameter is code 100', async () => {
  const parameters = [
    { type: 'text', text: 'a\nb' },
    { type: 'text', text: '2' },
  ];
  const template = { name: 'visit', language: { code: 'en' }, components: [{ type: 'body', parameters }] };
  const answer = await bench.send({ type: 'template', template }, 'v22.0');
  expect(codeOf(answer)).toBe(100);
});

test('the details say to a developer what was wrong', async () => {
  const answer = await bench.send({ type: 'text', text: { body: 'x'.repeat(4_097) } });
  expect(answer).toMatchObject({
    status: 400,
    body: {
      error: {
        message: '(#100) Invalid parameter',
        error_data: { messaging_product: 'whatsapp', details: "Param text['body'] must be at most 4096 characters long." },
      },
    },
  });
});

test('a body that is no JSON object is refused with 100', async () => {
  for (const body of ['{', '[]', '"text"']) {
    const response = await fetch(`${bench.base}/simulator/graph/v25.0/${bench.number.numberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bench.number.accessToken}`, 'content-type': 'application/json' },
      body,
    });
    expect(codeOf({ body: JSON.parse(await response.text()) })).toBe(100);
  }
});

test.each([
  ['a wrong token', 'wrong', 401, 190],
  ['no token', '', 401, 190],
])('%s', async (_, token, status, code) => {
  const answer = await bench.graph('GET', bench.number.numberId, undefined, token);
  expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status, code });
});

test.each([
  ['GET', 'v25.0/999', 100],
  ['GET', 'v25.0/some-name', 2500],
  ['GET', 'v25.0/100000000000001/no_such_edge', 2500],
  ['GET', 'v25.0/100000000000001/messages', 100],
  ['GET', 'v25.0/100000000000001/messages/more', 2500],
])('%s %s is answered with %i', async (method, path, code) => {
  const answer = await bench.graph(method, path);
  expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 400, code });
});

test('a path without a version is unknown', async () => {
  const headers = { authorization: `Bearer ${bench.number.accessToken}` };
  const response = await fetch(`${bench.base}/simulator/graph/${bench.number.numberId}/messages`, { headers });
  expect(codeOf({ body: JSON.parse(await response.text()) })).toBe(2500);
});
