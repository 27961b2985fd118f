import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpRequest } from '@hazir/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpClient } from './http.ts';

const http = createHttpClient(300);
let port = 0;
const pages: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/echo?a=1': async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    response.writeHead(201, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] });
    // In two pieces, cut inside a letter.
    const bytes = Buffer.from(`${request.method} ${request.headers['x-a']} ${text} हाज़िर`);
    response.write(bytes.subarray(0, -2));
    setImmediate(() => response.end(bytes.subarray(-2)));
  },
  '/large': (_request, response) => response.end('x'.repeat(1_000_001)),
  '/cut': (request) => request.socket.destroy(),
  '/half': (request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"messages"', () => request.socket.destroy());
  },
  '/silent': () => undefined,
};
const server = createServer((request, response) => pages[request.url ?? '']?.(request, response));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await http.close();
});

const at = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  ...{ method: 'POST', url: `http://127.0.0.1:${port}${path}`, headers: { 'x-a': 'b' } },
  ...more,
});

test('an answer comes whole: status, headers, letters', async () => {
  const answer = await http.call(at('/echo?a=1', { body: '{"to":"x"}' }));
  expect(answer).toMatchObject({ status: 201, body: 'POST b {"to":"x"} हाज़िर' });
  expect(answer).toHaveProperty('headers.content-type', 'text/plain');
  expect(answer).toHaveProperty('headers.set-cookie', 'a=1,b=2');
});

test('a form is sent as one', async () => {
  const body = [
    { field: 'type', value: 'image/png' },
    { field: 'file', value: { bytes: new Uint8Array([1]), fileName: 'a.png', mimeType: 'image/png' } },
  ];
  expect(await http.call(at('/echo?a=1', { body }))).toHaveProperty('body', expect.stringContaining('filename="a.png"'));
});

test('a file is fetched up to its limit', async () => {
  expect(await http.download(at('/large', { method: 'GET' }), 2_000_000)).toHaveProperty('bytes.length', 1_000_001);
  expect(await http.download(at('/echo?a=1'), 100)).toEqual({ status: 201 });
  expect(await http.download(at('/large', { method: 'GET' }), 10)).toMatchObject({ network: 'TOO_LARGE' });
});

describe('without an answer it says whether the request may have arrived', () => {
  test.each([
    ['the line is cut', () => at('/cut'), true],
    ['the line is cut in the middle of the answer', () => at('/half'), true],
    ['no answer comes in time', () => at('/silent'), true],
    ['the answer is longer than any', () => at('/large'), true],
    ['nobody listens', () => ({ ...at('/'), url: 'http://127.0.0.1:1/' }), false],
    ['there is no such host', () => ({ ...at('/'), url: 'http://nowhere.invalid/' }), false],
    ['the request has a header that cannot be sent', () => at('/', { headers: { 'x-a': 'a\nb' } }), false],
  ])('%s', async (_what, wanted, sent) => {
    expect(await http.call(wanted())).toEqual({ network: expect.stringMatching(/./), sent });
  });
});
