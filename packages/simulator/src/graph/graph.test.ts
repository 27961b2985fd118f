/** The rest of the Graph API: numbers, accounts, profile, settings, token. */
import { property } from '@hazir/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, codeOf, startBench } from '../testing.ts';

let on: Bench;

beforeAll(async () => {
  on = await startBench({}, { throughput: 1_000 });
});

afterAll(() => on.close());

test('a number has the default fields, or those that are asked for', async () => {
  expect((await on.graph('GET', on.number.numberId)).body).toEqual({
    id: on.number.numberId,
    verified_name: 'MyBMC Assist',
    display_phone_number: '+91 80000 00001',
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    platform_type: 'CLOUD_API',
    throughput: { level: 'HIGH' },
    webhook_configuration: { application: on.receiver.url },
  });
  expect((await on.graph('GET', `${on.number.numberId}?fields=name_status,is_official_business_account`)).body).toEqual({
    id: on.number.numberId,
    name_status: 'APPROVED',
    is_official_business_account: true,
  });
  expect(codeOf(await on.graph('GET', `${on.number.numberId}?fields=shoe_size`))).toBe(100);
});

test('an account has numbers and a namespace', async () => {
  expect((await on.graph('GET', on.number.businessId)).body).toMatchObject({ id: on.number.businessId, name: 'MyBMC Assist' });
  expect((await on.graph('GET', `${on.number.businessId}/phone_numbers`)).body).toMatchObject({
    data: [{ id: on.number.numberId }],
  });
});

test('an account’s subscription can be taken away and made again', async () => {
  const path = `${on.number.businessId}/subscribed_apps`;
  expect((await on.graph('GET', path)).body).toMatchObject({ data: [{ whatsapp_business_api_data: { id: on.number.appId } }] });
  expect((await on.graph('DELETE', path)).body).toEqual({ success: true });
  expect((await on.graph('GET', path)).body).toEqual({ data: [] });
  expect(codeOf(await on.graph('POST', path, { override_callback_uri: on.receiver.url, verify_token: 'x' }))).toBe(100);
  expect((await on.graph('POST', path)).body).toEqual({ success: true });
});

test('the profile is changed and read', async () => {
  const path = `${on.number.numberId}/whatsapp_business_profile`;
  const change = { messaging_product: 'whatsapp', about: 'At your service', websites: ['https://example.org'] };
  expect((await on.graph('POST', path, change)).body).toEqual({ success: true });
  expect((await on.graph('GET', `${path}?fields=about,websites`)).body).toEqual({ data: [change] });
  expect(codeOf(await on.graph('POST', path, { messaging_product: 'whatsapp', about: 'x'.repeat(140) }))).toBe(100);
});

test('where data is stored changes only while the number is not registered', async () => {
  const path = `${on.number.numberId}/settings`;
  const storage_configuration = { status: 'IN_COUNTRY_STORAGE_ENABLED', data_localization_region: 'IN' };
  expect(codeOf(await on.graph('POST', path, { storage_configuration }))).toBe(100);
  await on.graph('POST', `${on.number.numberId}/deregister`);
  expect((await on.graph('POST', path, { storage_configuration })).status).toBe(200);
  expect((await on.graph('GET', path)).body).toEqual({ storage_configuration });
  expect((await on.graph('GET', `${on.number.numberId}?fields=status`)).body).toMatchObject({ status: 'DISCONNECTED' });
  await on.graph('POST', `${on.number.numberId}/register`, { messaging_product: 'whatsapp', pin: '123456' });
});

test('forms are understood as JSON is', async () => {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('to', '+919990000001');
  form.set('type', 'template');
  form.set('template', JSON.stringify({ name: 'hello_world', language: { code: 'en_US' } }));
  expect((await on.graph('POST', `${on.number.numberId}/messages`, form)).status).toBe(200);
});

test('the token can be examined, and is in no log', async () => {
  const answer = await on.graph('GET', `debug_token?input_token=${on.number.accessToken}`);
  expect(answer.body).toMatchObject({ data: { is_valid: true, app_id: on.number.appId } });
  expect((await on.graph('GET', 'debug_token?input_token=wrong')).body).toMatchObject({ data: { is_valid: false } });
  expect(JSON.stringify(on.control.requests())).not.toContain(on.number.accessToken);
});

test('a request that is too large is refused', async () => {
  const answer = await on.graph('POST', `${on.number.numberId}/messages`, { text: 'x'.repeat(600_000) });
  expect({ code: codeOf(answer), details: property(property(property(answer.body, 'error'), 'error_data'), 'details') }).toEqual({
    code: 100,
    details: 'The request is too large.',
  });
});

test('requests are logged with what was asked and answered', async () => {
  const seq = on.control.requests().at(-1)?.seq ?? 0;
  await on.graph('GET', `${on.number.numberId}?fields=status`);
  expect(on.control.requests(seq)).toEqual([
    {
      seq: seq + 1,
      at: expect.any(Number),
      method: 'GET',
      path: `/v25.0/${on.number.numberId}?fields=status`,
      body: {},
      status: 200,
      response: { id: on.number.numberId, status: 'CONNECTED' },
    },
  ]);
});
