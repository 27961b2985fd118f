import { expect, test } from 'vitest';
import { readHead } from './read-head.ts';

const read = (text: string) => readHead(Buffer.from(text, 'latin1'));

test('a request as proxies write it', () => {
  expect(
    read(
      'POST /webhooks/whatsapp?a=1 HTTP/1.1\r\nHost: city.example\r\nCONTENT-length:  12\r\nX-Forwarded-For: a\r\nX-Forwarded-For: b\r\n\r\n{}',
    ),
  ).toMatchObject({
    method: 'POST',
    target: '/webhooks/whatsapp?a=1',
    headers: { host: 'city.example', 'content-length': '12', 'x-forwarded-for': 'a' },
    bodyBytes: 12,
    close: false,
  });
});

test('a head that has not ended yet', () => expect(read('POST / HTTP/1.1\r\nHost: a\r\n')).toBe('incomplete'));

test.each([
  ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n'],
  ['a length and chunks', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['chunks', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['a space before the colon', 'POST / HTTP/1.1\r\nContent-Length : 1\r\n\r\n'],
  ['a line that goes on', 'POST / HTTP/1.1\r\nA: b\r\n Content-Length: 9\r\n\r\n'],
  ['a bare line feed', 'POST / HTTP/1.1\nContent-Length: 9\r\n\r\n'],
  ['a bare carriage return', 'POST / HTTP/1.1\r\nA: b\rContent-Length: 9\r\n\r\n'],
  ['a signed length', 'POST / HTTP/1.1\r\nContent-Length: +9\r\n\r\n'],
  ['a length in hexadecimal', 'POST / HTTP/1.1\r\nContent-Length: 0x9\r\n\r\n'],
  ['two signatures', 'POST / HTTP/1.1\r\nX-Hub-Signature-256: a\r\nX-Hub-Signature-256: b\r\n\r\n'],
  ['an upgrade', 'GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'],
  ['another protocol', 'POST / HTTP/1.0\r\n\r\n'],
  ['a full address', 'POST http://a/ HTTP/1.1\r\n\r\n'],
  ['no request', '\r\n\r\n'],
  ['a control character', 'POST / HTTP/1.1\r\nA: \u0001\r\n\r\n'],
])('%s is malformed', (_what, text) => expect(read(text)).toBe('malformed'));
