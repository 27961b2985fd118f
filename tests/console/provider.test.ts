/** Officers come in by OpenID Connect: a real provider in this process, and the browser between it and the console. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOfficer, setDisabled } from '../../packages/server/src/auth/officers.ts';
import { type ConsoleStage, openConsole } from './support.ts';

let at: ConsoleStage;
/** Whom the provider knows by which name, and whether it has verified their address. */
const verified = new Map<string, boolean>();
const CLIENT = 'hazir';
const SECRET = randomUUID();

beforeAll(async () => {
  // Away while Hazir starts.
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const address = server.address();
  const issuer = `http://localhost:${typeof address === 'object' ? address?.port : 0}`;
  at = await openConsole({
    environment: {
      ...{ HAZIR_OIDC_ISSUER: issuer, HAZIR_OIDC_CLIENT_ID: CLIENT, HAZIR_OIDC_CLIENT_SECRET: SECRET },
    },
  });
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [`${at.stage.served.url}/api/auth/callback/oidc`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id}@demo.invalid`,
        email_verified: verified.get(id) ?? true,
        name: 'What the office says',
      }),
    }),
    cookies: { keys: [randomUUID()] },
  });
  answer = provider.callback();
  await at.officer('asha@demo.invalid', { role: 'officer', post: 'roads-gn' });
});

/** At the office: who they are, and that Hazir may know. */
async function enterAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with your office account' }).click();
  await page.getByPlaceholder(/login/).fill(name);
  await page.getByPlaceholder(/password/).fill('whatever');
  await page.getByRole('button', { name: /Sign-in/ }).click();
  await page.getByRole('button', { name: /Continue/ }).click();
}

const countOf = async (table: string) => (await at.stage.database.query(`select from ${table}`)).rowCount;

test('an officer comes in by the office’s account, and nothing of the office’s is kept but who they are', async () => {
  for (let time = 0; time < 2; time += 1) {
    const page = await at.open('/');
    await enterAs(page, 'asha');
    await page.getByRole('navigation').getByText('asha@demo.invalid (test)').waitFor();
  }
  const { rows } = await at.stage.database.query(
    `select account_id, access_token, refresh_token, id_token from officer_accounts where provider_id = 'oidc'`,
  );
  expect(rows).toEqual([{ account_id: 'asha', access_token: null, refresh_token: null, id_token: null }]);
});

test('who is no officer stays outside, and nobody is made', async () => {
  const before = await countOf('officers');
  const page = await at.open('/');
  await enterAs(page, 'stranger');
  await page.getByRole('alert').filter({ hasText: 'No officer has this e-mail address here.' }).waitFor();
  expect(await countOf('officers')).toBe(before);
});

test('an address for which the office does not vouch opens nothing', async () => {
  await at.officer('ravi@demo.invalid', { role: 'officer', post: 'roads-gn' });
  verified.set('ravi', false);
  const page = await at.open('/');
  await enterAs(page, 'ravi');
  await page.getByRole('alert').filter({ hasText: 'does not vouch' }).waitFor();
  expect((await page.request.get(`${at.stage.served.url}/api/v1/me`)).status()).toBe(401);
});

test('a closed account stays closed', async () => {
  await at.officer('gone@demo.invalid', { role: 'officer', post: 'roads-gn' });
  const { database } = at.stage;
  await setDisabled(database, (await findOfficer(database, 'gone@demo.invalid')).id, new Date());
  const page = await at.open('/');
  await enterAs(page, 'gone');
  await page.getByRole('alert').filter({ hasText: 'This account is closed.' }).waitFor();
});

test('an answer that was not asked for in this browser is not taken', async () => {
  const page = await at.open('/');
  await page.goto(`${at.stage.served.url}/api/auth/callback/oidc?code=stolen&state=made-up`);
  await page.getByRole('alert').filter({ hasText: 'Signing in by your office did not work.' }).waitFor();
  expect(at.complaints).toEqual([]);
});
