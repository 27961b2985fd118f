/** The status page as a visitor uses it: a form, over a real socket. */
import { beforeAll, describe, expect, test } from 'vitest';
import { START } from '../../packages/services/src/service-requests/testing.ts';
import { openTestDatabase } from '../support/database.ts';
import { openPublicFace, type PublicFace } from './public-support.ts';

let face: PublicFace;
let url: string;

beforeAll(async () => {
  face = await openPublicFace(await openTestDatabase());
  url = `${face.url}/status`;
});

async function look(reference: string, digits: string, { language = 'en', from = '203.0.113.1' } = {}) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': from };
  const response = await fetch(`${url}?lang=${language}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ reference, digits }),
  });
  return { status: response.status, text: await response.text() };
}

describe('the status page', () => {
  test('shows a request to whoever has its number and the last digits, without words of anybody', async () => {
    const reference = await face.open();
    await face.desk.move(reference, 'start', START, { note: 'Asha Rao called' });
    const { status, text } = await look(reference, '5678');
    expect(status).toBe(200);
    expect(text).toContain(`${reference}: Pothole`);
    expect(text).toMatch(/being worked on[\s\S]*22 November 2026[\s\S]*work began/);
    expect(text).not.toMatch(/Asha|Deep|Shivaji|5678|9198/);
  });

  test.each([
    ['en', 'Where is my complaint?', 'waiting to be taken up'],
    ['hi', 'मेरी शिकायत', 'काम शुरू होना बाक़ी है'],
    ['mr', 'माझी तक्रार', 'काम सुरू व्हायचे आहे'],
    ['bn', 'আমার অভিযোগ', 'কাজ শুরু হয়নি'],
    ['ta', 'என் புகார்', 'வேலை இன்னும் ஆரம்பிக்கல'],
  ])('speaks %s', async (language, title, state) => {
    const { text } = await look(await face.open(), '5678', { language });
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(title);
    expect(text).toContain(state);
  });

  test('reads the number and the digits in any script', async () => {
    const reference = await face.open();
    const devanagari = reference.replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit)));
    expect((await look(devanagari, '५६७८')).text).toContain(`${reference}: Pothole`);
  });

  test('answers a wrong number as it answers wrong digits, byte by byte', async () => {
    const reference = await face.open();
    const answers = await Promise.all([
      look(reference, '0000'),
      look('MUM-0000-0000', '5678'),
      look('', ''),
      look('<script>', '5678'),
      look(reference, '%678'),
      look(reference, '919812345678'),
    ]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.text).toContain('No complaint was found');
  });

  test('lets nobody try the digits through, however the number is written and from wherever', async () => {
    const reference = await face.open();
    const spellings = [reference, reference.toLowerCase(), reference.replace(/\D/g, ''), `my ${reference} please`];
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, n) => look(spellings[n % 4] ?? '', String(1000 + n), { from: `203.0.113.${n}` })),
    );
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(2);
    expect((await look(reference, '5678')).status).toBe(429);
    face.clock.now += 3_600_000;
    expect((await look(reference, '5678')).text).toContain(`${reference}: Pothole`);
  });

  test('has no script, and lets none in', async () => {
    const response = await fetch(url, { headers: { 'accept-language': 'mr-IN' } });
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const text = await response.text();
    expect(text).toContain('<html lang="mr">');
    expect(text).not.toContain('<script');
    expect(text.length).toBeLessThan(5_000);
  });
});
