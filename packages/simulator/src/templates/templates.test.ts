/** Templates: creation, review on the clock, rejection, editing, pausing, listing. */
import { type Json, type JsonObject, listProperty, property } from '@hazir/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bench, codeOf, startBench, statusesOf, valuesOf } from '../testing.ts';

let on: Bench;

beforeEach(async () => {
  on = await startBench({ reviewDelayMs: 60_000 });
});

afterEach(() => on.close());

const BODY = { type: 'BODY', text: 'Your complaint {{1}} is closed.', example: { body_text: [['42']] } };
const closed = (more: JsonObject = {}): JsonObject => ({
  name: 'closed',
  language: 'en',
  category: 'UTILITY',
  components: [BODY],
  ...more,
});
const create = (body: JsonObject) => on.graph('POST', `${on.number.businessId}/message_templates`, body);
const list = (query = '') => on.graph('GET', `${on.number.businessId}/message_templates${query}`);
const send = (parameters: string[] = ['42']) =>
  on.send({
    type: 'template',
    template: {
      name: 'closed',
      language: { code: 'en' },
      components: [{ type: 'body', parameters: parameters.map((text) => ({ type: 'text', text })) }],
    },
  });

async function reviewed(): Promise<void> {
  await on.control.advance(60_000);
  await on.control.settled();
}

const events = (): Json[] => on.receiver.received.flatMap(valuesOf);

test('a new template is pending, then approved with a webhook, and can be sent', async () => {
  const answer = await create(closed());
  expect(answer.body).toEqual({ id: expect.any(String), status: 'PENDING', category: 'UTILITY' });
  expect(codeOf(await send())).toBe(132001);
  await reviewed();
  expect(on.receiver.received[0]?.body).toMatchObject({
    entry: [
      {
        id: on.number.businessId,
        time: expect.any(Number),
        changes: [
          {
            field: 'message_template_status_update',
            value: {
              event: 'APPROVED',
              message_template_id: Number(property(answer.body, 'id')),
              message_template_name: 'closed',
              message_template_language: 'en',
              reason: 'NONE',
            },
          },
        ],
      },
    ],
  });
  expect((await send()).status).toBe(200);
  await on.control.advance(5_000);
  await on.control.settled();
  expect(on.control.messages('asha')[0]?.body).toEqual({ type: 'template', text: 'Your complaint 42 is closed.', buttons: [] });
  expect(statusesOf(on.receiver)[0]).toMatchObject({ pricing: { category: 'utility', billable: true } });
});

test('advertising as a service message is rejected', async () => {
  await create(closed({ components: [{ type: 'BODY', text: 'Festival sale: 20% off all tickets today.' }] }));
  await reviewed();
  expect(events()).toMatchObject([{ event: 'REJECTED', reason: 'INCORRECT_CATEGORY' }]);
  expect((await list('?status=REJECTED')).body).toMatchObject({
    data: [{ name: 'closed', rejected_reason: 'INCORRECT_CATEGORY' }],
  });
});

describe('a definition is refused for', () => {
  test.each<[string, JsonObject, number, number | undefined]>([
    ['a name with capitals', { name: 'Closed' }, 100, 2388023],
    ['an unknown category', { category: 'SERVICE' }, 100, undefined],
    ['a language that is none', { language: 'english' }, 100, undefined],
    ['no components', { components: [] }, 131008, undefined],
    ['no body', { components: [{ type: 'FOOTER', text: 'x' }] }, 131008, undefined],
    ['a body of 1,025 characters', { components: [{ type: 'BODY', text: 'x'.repeat(1_025) }] }, 100, undefined],
    ['a variable at the start', { components: [{ ...BODY, text: '{{1}} is closed.' }] }, 100, 2388299],
    ['a variable at the end', { components: [{ ...BODY, text: 'Closed: {{1}}' }] }, 100, 2388299],
    ['numbers with a gap', { components: [{ ...BODY, text: 'A {{2}} b.' }] }, 100, 2388072],
    ['no example', { components: [{ type: 'BODY', text: 'A {{1}} b.' }] }, 100, 2388043],
    ['a variable in the footer', { components: [BODY, { type: 'FOOTER', text: 'By {{1}}' }] }, 100, 2388073],
    [
      'eleven buttons',
      { components: [BODY, { type: 'BUTTONS', buttons: Array(11).fill({ type: 'QUICK_REPLY', text: 'A' }) }] },
      131009,
      undefined,
    ],
    [
      'a button of 26 characters',
      { components: [BODY, { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'x'.repeat(26) }] }] },
      100,
      undefined,
    ],
    ['an unknown component', { components: [BODY, { type: 'VIDEO_WALL' }] }, 100, undefined],
  ])('%s', async (_, change, code, subcode) => {
    const answer = await create(closed(change));
    expect(property(answer.body, 'error')).toMatchObject({ code, ...(subcode === undefined ? {} : { error_subcode: subcode }) });
  });

  test('a name and language that are taken', async () => {
    await create(closed());
    expect(property((await create(closed())).body, 'error')).toMatchObject({ code: 100, error_subcode: 2388024 });
    expect((await create(closed({ language: 'hi' }))).status).toBe(200);
  });
});

test('an edited template is reviewed again; its category stays', async () => {
  const id = String(property((await create(closed())).body, 'id'));
  await reviewed();
  expect(codeOf(await on.graph('POST', id, { category: 'MARKETING', components: [BODY] }))).toBe(100);
  const components = [{ type: 'BODY', text: 'It is closed now.' }];
  expect((await on.graph('POST', id, { components })).body).toEqual({ success: true });
  expect(codeOf(await send([]))).toBe(132001);
  await reviewed();
  expect((await send([])).status).toBe(200);
  expect((await on.graph('GET', id)).body).toMatchObject({ id, status: 'APPROVED', components });
});

test('a paused template is refused with 132015 until it is reinstated, a disabled one with 132016', async () => {
  const id = String(property((await create(closed())).body, 'id'));
  await reviewed();
  const decide = (event: string) =>
    fetch(`${on.base}/simulator/api/templates/${id}/status`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event }),
    });
  expect((await decide('PAUSED')).status).toBe(204);
  expect(codeOf(await send())).toBe(132015);
  await decide('REINSTATED');
  expect((await send()).status).toBe(200);
  await decide('DISABLED');
  expect(codeOf(await send())).toBe(132016);
  await on.control.settled();
  expect(events().map((value) => property(value, 'event'))).toEqual(['APPROVED', 'PAUSED', 'REINSTATED', 'DISABLED']);
});

test('lists by name and page, deletes by name or by id', async () => {
  await create(closed());
  const hindi = String(property((await create(closed({ language: 'hi' }))).body, 'id'));
  const first = await list('?limit=2');
  expect(listProperty(first.body, 'data').map((one) => property(one, 'name'))).toEqual(['hello_world', 'closed']);
  const after = property(property(property(first.body, 'paging'), 'cursors'), 'after');
  expect((await list(`?limit=2&after=${String(after)}`)).body).toMatchObject({ data: [{ name: 'closed', language: 'hi' }] });
  expect((await on.graph('DELETE', `${on.number.businessId}/message_templates?name=closed&hsm_id=${hindi}`)).status).toBe(200);
  expect(listProperty((await list('?name=closed')).body, 'data').length).toBe(1);
  expect((await on.graph('DELETE', `${on.number.businessId}/message_templates?name=closed`)).status).toBe(200);
  expect(codeOf(await on.graph('DELETE', `${on.number.businessId}/message_templates?name=closed`))).toBe(100);
});

test('an authentication template needs a phone number: 131062 for a user id', async () => {
  const components = [
    { type: 'BODY', add_security_recommendation: true },
    { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }] },
  ];
  await create({ name: 'code', language: 'en', category: 'AUTHENTICATION', components });
  await reviewed();
  const parameters = [{ type: 'text', text: '123456' }];
  const template = {
    name: 'code',
    language: { code: 'en' },
    components: [
      { type: 'body', parameters },
      { type: 'button', sub_type: 'url', index: '0', parameters },
    ],
  };
  const userId = on.control.state().citizens[1]?.userId ?? '';
  expect(codeOf(await on.send({ to: '', recipient: userId, type: 'template', template }))).toBe(131062);
  expect((await on.send({ type: 'template', template })).status).toBe(200);
  await on.control.advance(5_000);
  expect(on.control.messages('asha')[0]?.body).toMatchObject({
    text: '*123456* is your verification code. For your security, do not share this code.',
  });
});
