/** A team, kept by its administrators: what they may do, what nobody may, and links that work once. */
import { type Json, property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addOfficer, findOfficer, grantRole, setDisabled } from '../../packages/server/src/auth/officers.ts';
import { openTestDatabase } from '../support/database.ts';
import { PASSWORD } from '../support/officers.ts';
import { type Api, cookieIn, openApi, type Reply, signInAs } from './support.ts';

let database: Database;
let api: Api;
let admin: string;
let other: string;
let emails = 0;
const NEW = 'a password that Asha chose';
const EVERYWHERE = { department: null, area: null, post: null };

beforeAll(async () => {
  database = await openTestDatabase();
  api = await openApi(database);
  const { own, other: elsewhere } = api.cities;
  admin = await signInAs(api, database, { email: 'admin@demo.invalid', grants: [{ role: 'administrator', city: own }] });
  other = await signInAs(api, database, { email: 'other@demo.invalid', grants: [{ role: 'administrator', city: elsewhere }] });
});
beforeEach(() => {
  api.clock.now += 60_000;
});

const codeOf = ({ status, body }: Reply) => `${status} ${textProperty(body, 'code')}`;
const freshEmail = () => {
  emails += 1;
  return `person-${emails}@demo.invalid`;
};
const add = (email: string, more: object = {}, cookie = admin) =>
  api.browse('/team', cookie, { body: { email, name: 'Asha Rao', role: 'officer', ...more } });
const secretIn = ({ body }: Reply) => textProperty(body, 'link')?.split('#')[1] ?? '';
const idIn = ({ body }: Reply) => textProperty(property(body, 'officer'), 'id') ?? '';
const use = (link: string, password = NEW) => api.post('/links/use', { link, password });
const signIn = (email: string, password = NEW) => api.auth('/sign-in/email', { email, password });
const idOf = async (email: string) => (await findOfficer(database, email)).id;

async function memberWith(email: string, cookie = admin): Promise<Json | undefined> {
  const officers = property((await api.browse('/team', cookie)).body, 'officers');
  return Array.isArray(officers) ? officers.find((one) => textProperty(one, 'email') === email) : undefined;
}

/** Somebody who has chosen a password; their id. */
async function join(email: string, more: object = {}): Promise<string> {
  const added = await add(email, more);
  await use(secretIn(added));
  return idIn(added);
}

describe('an administrator', () => {
  test('adds somebody, who chooses a password by the link, once, and works as the role says', async () => {
    const email = freshEmail();
    const added = await add(email.toUpperCase(), { post: 'roads-gn' });
    expect(added.body).toMatchObject({
      officer: { email, state: 'invited', roles: [{ role: 'officer', post: 'roads-gn' }], signedInAt: null, elsewhere: false },
      link: expect.stringMatching(/^\/console\/link#[\w-]{43}$/),
    });
    expect((await signIn(email)).status).toBe(401);
    const link = secretIn(added);
    expect((await api.post('/links/look', { link })).body).toEqual({ name: 'Asha Rao', email, language: 'en' });
    expect(codeOf(await use(link, 'short'))).toBe('400 api:bad-request');
    expect((await use(link)).status).toBe(200);
    expect(codeOf(await use(link))).toBe('404 team:link-gone');
    const cookie = cookieIn(await signIn(email));
    expect((await api.browse('/me', cookie)).body).toMatchObject({ roles: [{ role: 'officer', post: 'roads-gn' }] });
    expect(await memberWith(email)).toMatchObject({ state: 'active', signedInAt: expect.any(String) });
    expect(codeOf(await api.browse('/team', cookie))).toBe('403 api:scope');
  });

  test('gives and takes roles, which hold from the next call on, and each stands in the log', async () => {
    const email = freshEmail();
    const id = await join(email);
    const cookie = cookieIn(await signIn(email));
    expect((await api.browse('/tickets', cookie)).status).toBe(403);
    const granted = await api.browse(`/team/${id}/roles`, admin, { body: { role: 'agent' } });
    expect(granted.status).toBe(200);
    expect((await api.browse('/tickets', cookie)).status).toBe(200);
    const roles = property(property(granted.body, 'officer'), 'roles');
    const agent = Array.isArray(roles) ? roles.find((one) => textProperty(one, 'role') === 'agent') : undefined;
    const grant = textProperty(agent, 'id') ?? '';
    expect((await api.remove(`/team/${id}/roles/${grant}`, admin)).status).toBe(200);
    expect((await api.browse('/tickets', cookie)).status).toBe(403);
    expect(codeOf(await api.remove(`/team/${id}/roles/${grant}`, admin))).toBe('404 team:not-found');
    const { rows } = await database.query(
      "select action, details from audit_events where subject = $1 and action like 'team.%' order by happened_at, id",
      [`officer-${id}`],
    );
    expect(rows.map(({ action }) => action).sort()).toEqual(['team.added', 'team.entered', 'team.granted', 'team.revoked']);
    expect(rows).toContainEqual({ action: 'team.granted', details: { role: 'agent' } });
  });

  test('takes the last role of somebody, who is not in the team then', async () => {
    const email = freshEmail();
    const id = await join(email);
    const member = await memberWith(email);
    const roles = property(member, 'roles');
    const grant = textProperty(Array.isArray(roles) ? roles[0] : undefined, 'id') ?? '';
    expect((await api.remove(`/team/${id}/roles/${grant}`, admin)).body).toEqual({ officer: null, link: null });
    expect(await memberWith(email)).toBeUndefined();
    // Whoever comes back does so with a new password: what was known before opens nothing.
    const back = await add(email);
    expect(idIn(back)).toBe(id);
    expect((await signIn(email)).status).toBe(401);
  });

  test('cannot take the own last role, suspend the own account, or give a role that holds nowhere', async () => {
    const id = await idOf('admin@demo.invalid');
    const roles = property(await memberWith('admin@demo.invalid'), 'roles');
    const grant = textProperty(Array.isArray(roles) ? roles[0] : undefined, 'id') ?? '';
    expect(codeOf(await api.remove(`/team/${id}/roles/${grant}`, admin))).toBe('409 team:own-last');
    expect(codeOf(await api.browse(`/team/${id}/suspensions`, admin, { body: { suspended: true } }))).toBe('409 team:own-last');
    for (const where of [{ department: 'none' }, { area: 'none' }, { post: 'none' }])
      expect(codeOf(await add(freshEmail(), where))).toBe('422 team:unknown-place');
    expect(codeOf(await add(freshEmail(), { role: 'emperor' }))).toBe('400 api:bad-request');
    expect(codeOf(await add('admin@demo.invalid'))).toBe('409 team:there');
  });

  test('of two who take each other’s role at once, one remains', async () => {
    const [first, second] = [freshEmail(), freshEmail()];
    const city = api.cities.own;
    const cookies = [];
    for (const email of [first, second])
      cookies.push(await signInAs(api, database, { email, grants: [{ role: 'administrator', city }] }));
    const grants = await Promise.all(
      [first, second].map(async (email) => {
        const roles = property(await memberWith(email), 'roles');
        return textProperty(Array.isArray(roles) ? roles[0] : undefined, 'id') ?? '';
      }),
    );
    const ids = await Promise.all([idOf(first), idOf(second)]);
    const taken = await Promise.all([
      api.remove(`/team/${ids[1]}/roles/${grants[1]}`, cookies[0]!),
      api.remove(`/team/${ids[0]}/roles/${grants[0]}`, cookies[1]!),
    ]);
    expect(taken.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  test('suspends somebody, who is out at once, and lets them work again', async () => {
    const email = freshEmail();
    const id = await join(email);
    const cookie = cookieIn(await signIn(email));
    const suspend = (suspended: boolean) => api.browse(`/team/${id}/suspensions`, admin, { body: { suspended } });
    expect((await suspend(true)).body).toMatchObject({ officer: { state: 'suspended', roles: [{ role: 'officer' }] } });
    expect(codeOf(await api.browse('/me', cookie))).toBe('401 api:sign-in');
    expect(codeOf(await api.browse('/me', cookieIn(await signIn(email))))).toBe('403 api:no-organization');
    expect(codeOf(await api.browse(`/team/${id}/roles`, admin, { body: { role: 'agent' } }))).toBe('409 team:suspended');
    await suspend(false);
    expect((await api.browse('/me', cookieIn(await signIn(email)))).status).toBe(200);
  });

  test('gives a new link, by which the password changes only when it is used, and the older link is dead', async () => {
    const email = freshEmail();
    const id = await join(email);
    const again = () => api.browse(`/team/${id}/links`, admin, { body: {} });
    const [older, newer] = [await again(), await again()];
    expect((await signIn(email)).status).toBe(200);
    expect(codeOf(await use(secretIn(older), 'never this password'))).toBe('404 team:link-gone');
    expect((await use(secretIn(newer), 'another long password')).status).toBe(200);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, 'another long password')).status).toBe(200);
    const late = await again();
    api.clock.now += 49 * 3_600_000;
    expect(codeOf(await use(secretIn(late)))).toBe('404 team:link-gone');
    const closed = await again();
    await setDisabled(database, id, new Date());
    expect(codeOf(await use(secretIn(closed)))).toBe('404 team:link-gone');
  });
});

describe('who works for another organization, too', () => {
  test('keeps that: is suspended here only, and gets no new password from here', async () => {
    const email = freshEmail();
    const { own, other: elsewhere } = api.cities;
    const grants = [own, elsewhere].map((city) => ({ role: 'supervisor', city }) as const);
    const cookie = await signInAs(api, database, { email, grants });
    const id = await idOf(email);
    expect(await memberWith(email)).toMatchObject({ elsewhere: true, roles: [{ role: 'supervisor' }] });
    expect(codeOf(await api.browse(`/team/${id}/links`, admin, { body: {} }))).toBe('409 team:elsewhere');
    await api.browse(`/team/${id}/suspensions`, admin, { body: { suspended: true } });
    expect((await api.browse('/me', cookie)).body).toMatchObject({
      organization: { id: elsewhere.organizationId },
      organizations: [{ id: elsewhere.organizationId }],
    });
    expect(await memberWith(email, other)).toMatchObject({ state: 'active' });
  });

  test('is not added by an administrator of this one: nobody gets in by an account that others made', async () => {
    const email = freshEmail();
    await add(email, {}, other);
    expect(codeOf(await add(email))).toBe('409 team:elsewhere');
    expect(await memberWith(email)).toBeUndefined();
  });

  test('is to others as little there as nobody', async () => {
    const theirs = await idOf('other@demo.invalid');
    const roles = property(await memberWith('other@demo.invalid', other), 'roles');
    const grant = textProperty(Array.isArray(roles) ? roles[0] : undefined, 'id') ?? '';
    const tried = [
      await api.browse(`/team/${theirs}/roles`, admin, { body: { role: 'agent' } }),
      await api.remove(`/team/${theirs}/roles/${grant}`, admin),
      await api.browse(`/team/${theirs}/suspensions`, admin, { body: { suspended: true } }),
      await api.browse(`/team/${theirs}/links`, admin, { body: {} }),
    ];
    expect(tried.map(codeOf)).toEqual(Array(4).fill('404 team:not-found'));
    expect(await memberWith('other@demo.invalid', other)).toMatchObject({ state: 'active', roles: [{ role: 'administrator' }] });
  });
});

test('an account that works for nobody is taken over with nothing by which anybody came in before', async () => {
  const email = freshEmail();
  await addOfficer(database, { email, name: 'Left over', language: 'en', password: PASSWORD });
  const before = cookieIn(await signIn(email, PASSWORD));
  const added = await add(email);
  expect(added.status).toBe(200);
  expect((await signIn(email, PASSWORD)).status).toBe(401);
  expect(codeOf(await api.browse('/me', before))).toBe('401 api:sign-in');
});

test('the operator’s grant lets a suspended officer work again', async () => {
  const email = freshEmail();
  const officerId = await join(email);
  await api.browse(`/team/${officerId}/suspensions`, admin, { body: { suspended: true } });
  const { organizationId } = api.cities.own;
  await grantRole(database, { ...EVERYWHERE, role: 'officer', organizationId, officerId, now: new Date() });
  expect((await api.browse('/me', cookieIn(await signIn(email)))).status).toBe(200);
  expect(api.faults).toEqual([]);
});

test('links are not guessed at speed', async () => {
  const statuses = new Set<number>();
  for (let n = 0; n < 40; n += 1)
    statuses.add(
      (await api.post('/links/look', { link: `guess-${n}` }, undefined, { 'x-forwarded-for': '203.0.113.99' })).status,
    );
  expect([...statuses]).toEqual([404, 429]);
});
