import { describe, expect, test } from 'vitest';
import { download, locate, upload, uploadedId } from './media.ts';
import { account } from './testing.ts';

const simulator = { ...account, baseUrl: 'http://127.0.0.1:4000/graph/' };
const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function located(body: object, status = 200): Parameters<typeof download>[0] {
  return { status, headers: {}, body: JSON.stringify(body) };
}

test('asks where a file is, for the number that received it', () => {
  expect(locate('900', account)).toEqual({
    method: 'GET',
    url: 'https://graph.facebook.com/v25.0/900?phone_number_id=106540352242922',
    headers: { authorization: 'Bearer EAAtoken' },
  });
  expect(locate('../me?x=', simulator).url).toBe(
    'http://127.0.0.1:4000/graph/v25.0/..%2Fme%3Fx%3D?phone_number_id=106540352242922',
  );
});

describe('sends the token only where Meta serves files', () => {
  test.each([
    'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=x',
    'https://LOOKASIDE.fbsbx.com/1',
    'https://scontent.fbom1-1.fna.fbcdn.net/v/1',
    'https://mmg.whatsapp.net/v/1',
    'https://mmg.whatsapp.net:443/v/1',
    'https://graph.facebook.com/v25.0/file',
  ])('%s', (url) => {
    const found = download(located({ url, mime_type: 'image/jpeg', sha256: hash, file_size: '303833' }), account);
    const request = { method: 'GET', url, headers: { authorization: 'Bearer EAAtoken' } };
    expect(found).toEqual({ request, mimeType: 'image/jpeg', sha256: hash, bytes: 303833 });
  });

  test.each([
    'http://lookaside.fbsbx.com/1',
    'https://lookaside.fbsbx.com.evil.example/1',
    'https://evilfbsbx.com/1',
    'https://fbcdn.net.evil.example/',
    'https://evil.example/lookaside.fbsbx.com',
    'https://evil.example#.fbsbx.com',
    'https://evil.example\\.fbsbx.com/1',
    'https://evil.example\t.fbsbx.com/1',
    'https://lookaside.fbsbx.com@evil.example/1',
    'https://user:pass@lookaside.fbsbx.com/1',
    'https://lookaside.fbsbx.com:8443/1',
    'http://graph.facebook.com/1',
    'http://169.254.169.254/latest/meta-data',
    '//lookaside.fbsbx.com/1',
    'file:///etc/passwd',
    'lookaside.fbsbx.com/1',
  ])('not %s', (url) => {
    expect(() => download(located({ url }), account)).toThrow(expect.objectContaining({ code: 'channel:media-host' }));
  });

  test('a simulator serves from its own origin, without https', () => {
    expect(download(located({ url: 'http://127.0.0.1:4000/media/1' }), simulator).request.url).toBe(
      'http://127.0.0.1:4000/media/1',
    );
    expect(() => download(located({ url: 'http://127.0.0.1:5432/media/1' }), simulator)).toThrow('127.0.0.1');
  });
});

test.each([
  ['gone', located({ error: { code: 100 } }, 404)],
  ['an answer without an address', located({ id: '900' })],
  ['no JSON', { status: 200, headers: {}, body: '<html>' }],
])('%s: says so', (_description, response) => {
  expect(() => download(response, account)).toThrow(expect.objectContaining({ code: 'channel:media-gone' }));
});

test('a hash that is none is left out', () => {
  const found = download(located({ url: 'https://mmg.whatsapp.net/1', sha256: 'none' }), account);
  expect(found).not.toHaveProperty('sha256');
  expect(found.mimeType).toBe('application/octet-stream');
});

describe('an upload', () => {
  test('is a form of three parts', () => {
    const bytes = new Uint8Array([1, 2]);
    const request = upload({ bytes, mimeType: 'application/pdf', fileName: 'बिल "1".pdf' }, account);
    expect(request).toMatchObject({ method: 'POST', url: 'https://graph.facebook.com/v25.0/106540352242922/media' });
    expect(request.headers).toEqual({ authorization: 'Bearer EAAtoken' });
    expect(request.body).toEqual([
      { field: 'messaging_product', value: 'whatsapp' },
      { field: 'type', value: 'application/pdf' },
      { field: 'file', value: { bytes, mimeType: 'application/pdf', fileName: 'बिल _1_.pdf' } },
    ]);
  });
  test.each([
    ['x'.repeat(400).concat('.pdf'), /^x{236}\.pdf$/],
    ['', /^file$/],
    ['a\r\nX-Header: b', /^a__X-Header_ b$/],
  ])('cleans a file name (%#)', (fileName, expected) => {
    const request = upload({ bytes: new Uint8Array(), mimeType: 'text/plain', fileName }, account);
    const file = Array.isArray(request.body) ? request.body.find(({ field }) => field === 'file')?.value : undefined;
    expect(typeof file === 'object' && file.fileName).toMatch(expected);
  });
  test.each([
    [{ status: 200, headers: {}, body: '{"id":"4490709327384033"}' }, '4490709327384033'],
    [{ status: 200, headers: {}, body: '{"id": 4490709327384033}' }, '4490709327384033'],
    [{ status: 200, headers: {}, body: '{"id": "4490709327384033' }, undefined],
    [{ status: 400, headers: {}, body: '{"id":"1"}' }, undefined],
    [{ status: 200, headers: {}, body: '{}' }, undefined],
  ])('tells its id (%#)', (response, expected) => {
    expect(uploadedId(response)).toBe(expected);
  });
});
