/** Officers of two cities, signed in by cookie: what each sees and may change, and how an account is kept. */
import { property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { findOfficer, resetPassword, revokeRole, setDisabled } from '../../packages/server/src/auth/officers.ts';
import { openTestDatabase } from '../support/database.ts';
import { PASSWORD } from '../support/officers.ts';
import { totp } from '../support/totp.ts';
import { type Api, cookieIn, openApi, type Reply, referencesIn, signInAs } from './support.ts';

let database: Database;
let api: Api;
let roads: string;

beforeAll(async () => {
  database = await openTestDatabase();
  api = await openApi(database);
  roads = await signInAs(api, database, {
    email: 'roads@demo.invalid',
    grants: [{ role: 'officer', post: 'roads-gn', city: api.cities.own }],
  });
});

const codeOf = ({ status, body }: Reply) => `${status} ${textProperty(body, 'code')}`;

describe('signing in', () => {
  test('gives a cookie that no script reads and no other site sends', async () => {
    const { headers, status } = await api.auth('/sign-in/email', { email: 'ROADS@demo.invalid', password: PASSWORD });
    expect(status).toBe(200);
    const session = headers.getSetCookie().find((cookie) => cookie.startsWith('hazir.session_token='));
    expect(session).toMatch(/; HttpOnly/i);
    expect(session).toMatch(/; SameSite=Strict/i);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('does not tell a wrong password from an unknown address, and nobody signs up', async () => {
    const wrong = await api.auth('/sign-in/email', { email: 'roads@demo.invalid', password: 'not this one at all' });
    const unknown = await api.auth('/sign-in/email', { email: 'nobody@demo.invalid', password: 'not this one at all' });
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body]);
    expect(wrong.status).toBe(401);
    const signUp = await api.auth('/sign-up/email', { email: 'x@demo.invalid', password: PASSWORD, name: 'X' });
    expect(signUp.status).toBe(404);
  });

  test('from another page is refused', async () => {
    const foreign = await api.auth(
      '/sign-in/email',
      { email: 'roads@demo.invalid', password: PASSWORD },
      { origin: 'https://evil.example', cookie: roads },
    );
    expect(foreign.status).toBe(403);
  });

  test('stops whoever guesses from many addresses, and lets the owner in again after a right password elsewhere', async () => {
    await signInAs(api, database, { email: 'guessed@demo.invalid', grants: [{ role: 'officer', city: api.cities.own }] });
    const guess = (n: number, password: string) =>
      api.auth('/sign-in/email', { email: 'guessed@demo.invalid', password }, { 'x-forwarded-for': `203.0.113.${n}` });
    for (let n = 0; n < 10; n += 1) expect((await guess(n, 'a wrong password')).status).toBe(401);
    const stopped = await guess(11, PASSWORD);
    expect(codeOf(stopped)).toBe('429 TOO_MANY_TRIES');
  });

  test('stops one address that tries many accounts', async () => {
    const statuses = [];
    for (let n = 0; n < 32; n += 1) {
      const tried = { email: `n${n}@demo.invalid`, password: 'a wrong password' };
      statuses.push((await api.auth('/sign-in/email', tried, { 'x-forwarded-for': '198.51.100.7' })).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    expect(statuses.slice(30)).toEqual([429, 429]);
  });

  test('with a second factor takes the code of the phone as well', async () => {
    const email = 'careful@demo.invalid';
    const cookie = await signInAs(api, database, { email, grants: [{ role: 'supervisor', city: api.cities.own }] });
    const begun = await api.auth('/two-factor/enable', { password: PASSWORD }, { cookie });
    const secret = new URL(textProperty(begun.body, 'totpURI') ?? '').searchParams.get('secret') ?? '';
    const confirmed = await api.auth('/two-factor/verify-totp', { code: totp(secret) }, { cookie });
    expect(confirmed.status).toBe(200);
    const half = await api.auth('/sign-in/email', { email, password: PASSWORD });
    expect(half.body).toMatchObject({ twoFactorRedirect: true });
    expect(codeOf(await api.browse('/me', cookieIn(half)))).toBe('401 api:sign-in');
    expect((await api.auth('/two-factor/verify-totp', { code: '000000' }, { cookie: cookieIn(half) })).status).toBe(401);
    const whole = await api.auth('/two-factor/verify-totp', { code: totp(secret) }, { cookie: cookieIn(half) });
    expect((await api.browse('/me', cookieIn(whole))).status).toBe(200);
  });
});

describe('an officer', () => {
  test('is told who they are, where, and what they may do', async () => {
    const { body, status } = await api.browse('/me', roads);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      officer: { email: 'roads@demo.invalid', language: 'en' },
      organization: { id: api.cities.own.organizationId, languages: ['en', 'hi', 'mr'] },
      roles: [{ role: 'officer', post: 'roads-gn' }],
      permissions: ['requests.read', 'requests.act', 'details.read'],
    });
    expect(codeOf(await api.browse('/me', 'hazir.session_token=made-up.thing'))).toBe('401 api:sign-in');
    expect(codeOf(await api.get('/me', await api.cities.own.key(['read'])))).toBe('401 api:sign-in');
  });

  test('sees and works what the post answers for, and nothing else of the city', async () => {
    const own = await api.cities.own.open();
    const garbage = await api.cities.own.open('garbage-not-collected');
    expect(referencesIn(await api.browse('/requests', roads))).toContain(own);
    expect(referencesIn(await api.browse('/requests', roads))).not.toContain(garbage);
    expect(codeOf(await api.browse(`/requests/${garbage}`, roads))).toBe('404 service-requests:not-found');
    const note = { body: { note: 'Seen' } };
    expect(codeOf(await api.browse(`/requests/${garbage}/notes`, roads, note))).toBe('404 service-requests:not-found');
    const started = await api.browse(`/requests/${own}/moves`, roads, { body: { move: 'start' } });
    expect(started.body).toMatchObject({ reference: own, kind: 'working' });
    const seen = await api.browse(`/requests/${own}`, roads);
    const timeline = property(seen.body, 'timeline');
    expect(timeline).toContainEqual(
      expect.objectContaining({ move: 'start', post: 'roads-gn', actor: expect.stringMatching(/^officer-/) }),
    );
  });

  test('never reaches another organization, by header or by reference', async () => {
    const foreign = await api.cities.other.open();
    const headers = { 'x-hazir-organization': String(api.cities.other.organizationId) };
    const asked = await fetch(`${api.url}/requests`, { headers: { cookie: roads, ...headers } });
    expect([asked.status, textProperty(await asked.json(), 'code')]).toEqual([403, 'api:no-organization']);
    expect(codeOf(await api.browse(`/requests/${foreign}`, roads))).toBe('404 service-requests:not-found');
    const change = { body: { note: 'x' }, headers };
    expect(codeOf(await api.browse(`/requests/${foreign}/notes`, roads, change))).toBe('403 api:no-organization');
  });

  test('of two organizations works in the one that is chosen', async () => {
    const both = await signInAs(api, database, {
      email: 'both@demo.invalid',
      grants: [
        { role: 'supervisor', city: api.cities.own },
        { role: 'manager', city: api.cities.other },
      ],
    });
    const asked = await fetch(`${api.url}/me`, {
      headers: { cookie: both, 'x-hazir-organization': String(api.cities.other.organizationId) },
    });
    expect(await asked.json()).toMatchObject({
      organization: { id: api.cities.other.organizationId },
      permissions: ['requests.read', 'numbers.read', 'channels.manage'],
    });
  });

  test('changes nothing without the header that only our own page sends', async () => {
    const own = await api.cities.own.open();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', 'x-hazir-console': '1' },
      { 'sec-fetch-site': 'same-site', 'x-hazir-console': '1' },
    ])
      expect(codeOf(await api.browse(`/requests/${own}/notes`, roads, { body: { note: 'x' }, headers }))).toBe(
        '403 api:foreign-page',
      );
    const bare = await api.post(`/requests/${own}/notes`, { note: 'x' }, undefined, { cookie: roads });
    expect(codeOf(bare)).toBe('403 api:foreign-page');
  });

  test('whose role is taken back, who is closed, or whose password is new, is out at once', async () => {
    const email = 'leaves@demo.invalid';
    const cookie = await signInAs(api, database, { email, grants: [{ role: 'supervisor', city: api.cities.own }] });
    const { id: officerId } = await findOfficer(database, email);
    await revokeRole(database, { organizationId: api.cities.own.organizationId, officerId, role: 'supervisor' });
    expect(codeOf(await api.browse('/requests', cookie))).toBe('403 api:no-organization');
    await resetPassword(database, officerId, 'another long password');
    expect(codeOf(await api.browse('/me', cookie))).toBe('401 api:sign-in');
    await setDisabled(database, officerId, new Date());
    const closed = await api.auth('/sign-in/email', { email, password: 'another long password' });
    expect([closed.status, textProperty(closed.body, 'code')]).toEqual([403, 'OFFICER_DISABLED']);
  });

  test('leaves what they saw and did in a log that nobody rewrites', async () => {
    const own = await api.cities.own.open();
    // A page that stays open asks again and again: that is one look.
    for (let asked = 0; asked < 3; asked += 1) await api.browse(`/requests/${own}`, roads);
    api.clock.now += 1_000;
    await api.browse(`/requests/${own}/notes`, roads, { body: { note: 'Asha Rao called' } });
    const { rows } = await database.query(
      'select action, actor, subject, details from audit_events where subject = $1 order by happened_at, id',
      [own],
    );
    expect(rows).toEqual(
      ['request.seen', 'request.notes'].map((action) => ({
        action,
        subject: own,
        details: null,
        actor: expect.stringMatching(/^officer-/),
      })),
    );
    api.clock.now += 16 * 60_000;
    await api.browse(`/requests/${own}`, roads);
    const { rowCount } = await database.query("select from audit_events where subject = $1 and action = 'request.seen'", [own]);
    expect(rowCount).toBe(2);
    for (const sql of ["update audit_events set actor = 'x'", 'delete from audit_events', 'truncate audit_events'])
      await expect(database.query(sql)).rejects.toThrow('never changed');
  });

  test('signs out', async () => {
    const cookie = cookieIn(await api.auth('/sign-in/email', { email: 'roads@demo.invalid', password: PASSWORD }));
    expect((await api.browse('/me', cookie)).status).toBe(200);
    await api.auth('/sign-out', {}, { cookie });
    expect(codeOf(await api.browse('/me', cookie))).toBe('401 api:sign-in');
  });
});
