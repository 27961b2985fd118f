/** An officer's own account: sessions are the officer's own to end, and no script reads their secrets. */
import { type Json, property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { PASSWORD } from '../support/officers.ts';
import { type Api, cookieIn, openApi, type Reply, signInAs } from './support.ts';

let database: Database;
let api: Api;
let first: string;
let other: string;
const EMAIL = 'asha@demo.invalid';

beforeAll(async () => {
  database = await openTestDatabase();
  api = await openApi(database);
  const grants = [{ role: 'officer', city: api.cities.own }] as const;
  first = await signInAs(api, database, { email: EMAIL, grants });
  other = await signInAs(api, database, { email: 'other@demo.invalid', grants });
});

const again = async () => cookieIn(await api.auth('/sign-in/email', { email: EMAIL, password: PASSWORD }));
const codeOf = ({ status, body }: Reply) => `${status} ${textProperty(body, 'code')}`;
async function sessionsOf(cookie: string): Promise<Json[]> {
  const sessions = property((await api.browse('/account', cookie)).body, 'sessions');
  return Array.isArray(sessions) ? sessions : [];
}
const idOf = (session: Json | undefined) => textProperty(session, 'id') ?? '';

test('shows where one is signed in, and no secret of a session', async () => {
  await again();
  const { body, status } = await api.browse('/account', first);
  expect(status).toBe(200);
  expect(body).toMatchObject({ language: 'en', hasPassword: true, twoFactor: false, passkeys: [] });
  const sessions = await sessionsOf(first);
  expect(sessions.map((one) => property(one, 'current')).sort()).toEqual([false, true]);
  const { rows } = await database.query<{ token: string }>('select token from officer_sessions');
  for (const { token } of rows) expect(JSON.stringify(body)).not.toContain(token);
  for (const path of ['get-session', 'list-sessions', 'list-accounts'])
    expect((await fetch(api.url.replace('/api/v1', `/api/auth/${path}`), { headers: { cookie: first } })).status).toBe(404);
});

test('ends a session, or all others, at once; nobody’s but one’s own', async () => {
  const [second, third] = [await again(), await again()];
  const ofSecond = (await sessionsOf(second)).find((one) => property(one, 'current') === true);
  expect(codeOf(await api.remove(`/account/sessions/${idOf(ofSecond)}`, other))).toBe('404 account:no-session');
  expect((await api.browse('/me', second)).status).toBe(200);
  expect((await api.remove(`/account/sessions/${idOf(ofSecond)}`, first)).status).toBe(200);
  expect(codeOf(await api.browse('/me', second))).toBe('401 api:sign-in');
  expect((await api.browse('/me', third)).status).toBe(200);
  const left = property((await api.remove('/account/sessions', first)).body, 'sessions');
  expect(left).toEqual([expect.objectContaining({ current: true })]);
  expect(codeOf(await api.browse('/me', third))).toBe('401 api:sign-in');
  expect((await api.browse('/me', other)).status).toBe(200);
});

test('keeps the language in which names are told', async () => {
  expect((await api.browse('/account/language', first, { body: { language: 'hi' } })).body).toMatchObject({ language: 'hi' });
  expect((await api.browse('/me', first)).body).toMatchObject({ officer: { language: 'hi' } });
  expect(codeOf(await api.browse('/account/language', first, { body: { language: 'xx' } }))).toBe('400 api:bad-request');
  expect(codeOf(await api.get('/account', await api.cities.own.key(['read'])))).toBe('401 api:sign-in');
  expect(api.faults).toEqual([]);
});

test('tells no script the secret of a session, which is in the cookie alone', async () => {
  const signedIn = await api.auth('/sign-in/email', { email: EMAIL, password: PASSWORD });
  const { rows } = await database.query<{ token: string }>('select token from officer_sessions');
  expect(signedIn.body).toMatchObject({ user: { email: EMAIL } });
  for (const { token } of rows) expect(JSON.stringify(signedIn.body)).not.toContain(token);
  expect((await api.browse('/me', cookieIn(signedIn))).status).toBe(200);
});

test('changes the password with the old one, and ends every other session', async () => {
  const [mine, elsewhere] = [await again(), await again()];
  const change = (currentPassword: string) =>
    api.auth(
      '/change-password',
      { currentPassword, newPassword: 'another long one', revokeOtherSessions: true },
      { cookie: mine },
    );
  expect(codeOf(await change('not this one at all'))).toBe('400 INVALID_PASSWORD');
  const changed = await change(PASSWORD);
  expect(changed.status).toBe(200);
  expect(codeOf(await api.browse('/me', elsewhere))).toBe('401 api:sign-in');
  expect((await api.browse('/me', cookieIn(changed))).status).toBe(200);
});
