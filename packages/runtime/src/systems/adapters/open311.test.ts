/** What a department's server may answer with, well meant or not, and what is made of it. */
import type { CallResult } from '@hazir/core';
import { expect, test } from 'vitest';
import { open311 } from './open311.ts';

const keep = async () => ({ hash: '', bytes: 0 });
const read = async (body: string, status = 200): Promise<unknown> => {
  const result: CallResult = await open311.result({ status, headers: {}, body }, keep);
  return result.ok ? result.value : result.error.code;
};
const call = {
  id: 'call-1',
  kind: 'http',
  url: 'https://lights.invalid/requests.xml?a=1',
  headers: {},
  timeoutMs: 1_000,
} as const;
const account = { address: 'https://real.example/v2', headers: { 'x-way': 'in' }, key: 'secret&key' };

test.each<[string, string, unknown]>([
  [
    'one request',
    '<service_requests><request><token>1</token><account_id/></request></service_requests>',
    [{ token: '1', account_id: '' }],
  ],
  [
    'two',
    '<service_requests><request><a>1</a></request><request><a>2</a></request></service_requests>',
    [{ a: '1' }, { a: '2' }],
  ],
  ['none', '<?xml version="1.0"?><service_requests/>', []],
  [
    'updates by their other name',
    '<service_requests_updates><request_update><update_id>7</update_id></request_update></service_requests_updates>',
    [{ update_id: '7' }],
  ],
  ['JSON with numbers', '[{"service_request_id": 12, "notes": [1], "address": null}]', [{ service_request_id: '12' }]],
  ['a page of a proxy', '<html><body>Bad gateway</body></html>', 'fetch:not-xml'],
  ['half a document', '<service_requests><request>', 'fetch:not-xml'],
  ['nothing', '', 'fetch:not-xml'],
  ['JSON of another kind', '{"ok":true}', 'fetch:not-xml'],
  [
    'entities that name files or grow',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><service_requests><request><token>&b;</token></request></service_requests>',
    'fetch:not-xml',
  ],
])('%s', async (_, body, wanted) => {
  expect(await read(body)).toEqual(wanted);
});

test('a refusal is its status', async () => {
  expect(await read('<errors/>', 403)).toBe('fetch:status-403');
});

test('a report is a form with the key, a question carries none', () => {
  const sent = open311.request({ ...call, method: 'POST', body: { description: 'a & b', lat: '1' } }, account);
  expect(sent).toEqual({
    ...{ method: 'POST', url: 'https://real.example/v2/requests.xml?a=1' },
    headers: { 'x-way': 'in', 'idempotency-key': 'call-1', 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: 'description=a+%26+b&lat=1&api_key=secret%26key',
  });
  expect(JSON.stringify(open311.request({ ...call, method: 'GET' }, account))).not.toContain('secret');
});
