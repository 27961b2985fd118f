import type { CallResult, CallSubject, JsonObject } from '@hazir/core';
import { isJsonObject, textProperty } from '@hazir/core';
import { type Database, ensureOrganization, freshId, type Tx } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { loadServices } from '../load-services.ts';
import { citizen } from '../testing.ts';

const GATEWAY = 'https://sms.example.in/send';
const SMS = { en: '{code} is your code for {minutes} minutes.', hi: 'आपका कोड {code} है।' };
const START = new Date('2026-11-22T09:00:00Z').getTime();
const source = { languages: ['en', 'hi'], defaultLanguage: 'en', readText: () => undefined };
const load = (change: JsonObject = {}) => loadServices({ 'one-time-codes': { gateway: GATEWAY, sms: SMS, ...change } }, source);
const services = load();
let database: Database;
let organizationId: number;

beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'codes', 'Codes')).id;
});

/** A citizen with a phone that shows what comes by SMS; the gateway may be out of order. */
function open({ language = 'en', phoneless = false } = {}) {
  const inbox: { to: string; text: string }[] = [];
  const subject: CallSubject = { ...citizen(organizationId), language, ...(!phoneless && { phone: '919812345678' }) };
  const phone = { works: true };
  const run = async (name: string, input: JsonObject, { at = 0, call = freshId(START) } = {}): Promise<CallResult> => {
    let ids = 0;
    const operation = services.operations.get(`codes.${name}`);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    const work = (tx: Tx) =>
      operation.run(
        { purpose: 'certificate', ...input },
        {
          tx,
          subject,
          now: new Date(START + at * 1_000),
          newId: () => `${call.slice(0, -4)}${String(ids++).padStart(4, '0')}`,
          random: Math.random,
          ask: async ({ body }) => {
            if (!phone.works) return { ok: false, error: { code: 'fetch:unreachable', message: '' } };
            if (isJsonObject(body)) inbox.push({ to: textProperty(body, 'to') ?? '', text: textProperty(body, 'text') ?? '' });
            return { ok: true, value: {} };
          },
        },
      );
    return operation.later === true ? work(database) : database.transaction(work);
  };
  const code = () => /\d{6}/.exec(inbox.at(-1)?.text ?? '')?.[0] ?? '';
  return { inbox, phone, run, code, subject, wrong: () => (code() === '111111' ? '222222' : '111111') };
}

const codeOf = (result: CallResult) => (result.ok ? 'ok' : result.error.code);

describe('a one-time code', () => {
  test('comes by SMS in the words of the citizen, and is right once', async () => {
    const desk = open({ language: 'hi' });
    expect(await desk.run('send', {})).toEqual({ ok: true, value: { validMinutes: 3, end: '5678' } });
    expect(desk.inbox).toEqual([{ to: '919812345678', text: expect.stringMatching(/^आपका कोड \d{6} है।$/) }]);
    expect(await desk.run('check', { typed: desk.code() }, { at: 100 })).toMatchObject({ value: { right: true } });
    expect(codeOf(await desk.run('check', { typed: desk.code() }, { at: 101 }))).toBe('codes:none');
  });

  test('may be typed in the digits of any script, with blanks', async () => {
    const desk = open();
    await desk.run('send', {});
    const typed = `मेरा कोड: ${[...desk.code()].map((digit) => '०१२३४५६७८९'[Number(digit)]).join(' ')}`;
    expect(await desk.run('check', { typed })).toMatchObject({ value: { right: true } });
  });

  test('is tried three times, and no right one helps afterwards', async () => {
    const desk = open();
    await desk.run('send', {});
    for (const triesLeft of [2, 1, 0])
      expect(await desk.run('check', { typed: desk.wrong() })).toMatchObject({ value: { right: false, triesLeft } });
    expect(codeOf(await desk.run('check', { typed: desk.code() }))).toBe('codes:none');
  });

  test.each([
    [179, 'ok'],
    [180, 'codes:expired'],
  ])('after %s seconds: %s', async (at, expected) => {
    const desk = open();
    await desk.run('send', {});
    expect(codeOf(await desk.run('check', { typed: desk.code() }, { at }))).toBe(expected);
  });

  test('is sent again after thirty seconds, and then only the new one counts', async () => {
    const desk = open();
    await desk.run('send', {});
    const first = desk.code();
    expect(codeOf(await desk.run('send', {}, { at: 29 }))).toBe('codes:too-soon');
    expect(codeOf(await desk.run('send', {}, { at: 30 }))).toBe('ok');
    if (first !== desk.code())
      expect(await desk.run('check', { typed: first }, { at: 31 })).toMatchObject({ value: { right: false } });
    expect(await desk.run('check', { typed: desk.code() }, { at: 32 })).toMatchObject({ value: { right: true } });
  });

  test('is not for another purpose, another subject or another contact', async () => {
    const desk = open();
    await desk.run('send', { subject: 'P-1' });
    const typed = desk.code();
    expect(codeOf(await desk.run('check', { typed }))).toBe('codes:none');
    expect(codeOf(await desk.run('check', { typed, subject: 'P-2' }))).toBe('codes:none');
    expect(codeOf(await desk.run('check', { typed, subject: 'P-1', purpose: 'money' }))).toBe('codes:none');
    expect(codeOf(await open().run('check', { typed, subject: 'P-1' }))).toBe('codes:none');
    expect(await desk.run('check', { typed, subject: 'P-1' })).toMatchObject({ value: { right: true } });
  });

  test('five times an hour, and no sixth; for one subject, whoever asks', async () => {
    const desk = open();
    for (const at of [0, 30, 60, 90, 120]) expect(codeOf(await desk.run('send', { subject: 'S' }, { at }))).toBe('ok');
    expect(codeOf(await desk.run('send', {}, { at: 150 }))).toBe('codes:too-many');
    expect(codeOf(await open().run('send', { subject: 'S' }, { at: 160 }))).toBe('codes:too-many');
    expect(codeOf(await open().run('send', { subject: 'T' }, { at: 160 }))).toBe('ok');
    expect(codeOf(await desk.run('send', {}, { at: 3_601 }))).toBe('ok');
  });

  test('that the gateway does not take counts for nothing', async () => {
    const desk = open();
    desk.phone.works = false;
    expect(codeOf(await desk.run('send', {}))).toBe('codes:not-sent');
    desk.phone.works = true;
    expect(codeOf(await desk.run('send', {}, { at: 1 }))).toBe('ok');
  });

  test('of a job that runs again counts once, and the last one is right', async () => {
    const desk = open();
    const call = freshId(START);
    await desk.run('send', {}, { call });
    expect(codeOf(await desk.run('send', {}, { call, at: 1 }))).toBe('ok');
    expect(await desk.run('check', { typed: desk.code() })).toMatchObject({ value: { right: true } });
    const { contactId } = desk.subject;
    const { rowCount } = await database.query('select from one_time_codes where contact_id = $1', [contactId]);
    expect(rowCount).toBe(1);
  });

  test('lies nowhere in clear, and needs a phone number', async () => {
    const desk = open();
    await desk.run('send', {});
    const { rows } = await database.query<{ row: string }>(
      'select row_to_json(o)::text as row from one_time_codes o where contact_id = $1',
      [desk.subject.contactId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(desk.code());
    expect(codeOf(await open({ phoneless: true }).run('send', {}))).toBe('codes:no-phone');
  });
});

test.each([
  ['an SMS without the code', { sms: { en: 'Hello', hi: 'कोड {code}' } }, 'data:shape'],
  ['an SMS without a language', { sms: { en: '{code}' } }, 'data:text-missing'],
  ['a gateway without https', { gateway: 'http://sms.example.in' }, 'data:shape'],
])('%s is refused', (_, change, code) => {
  expect(load(change).problems).toMatchObject([{ code, file: 'pack.yaml' }]);
});
