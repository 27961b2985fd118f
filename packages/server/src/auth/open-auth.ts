/**
 * Officers sign in: passwords, second factors, sessions and their devices are better-auth's, on our own tables. What an officer may
 * do in which organization is not its concern (roles.ts).
 */

import { property } from '@hazir/core';
import type { Database } from '@hazir/store';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import { type OidcSettings, oidcPlugin, WITHOUT_TOKENS } from './oidc.ts';
import { passkeyPlugin } from './passkeys.ts';
import { TABLES } from './tables.ts';
import { countTry, forgetTries } from './tries.ts';

export const AUTH_PATH = '/api/auth';
/** Set by our own server from the connection; whatever a caller sends under this name is dropped. */
export const ADDRESS_HEADER = 'x-hazir-address';
/** A shift and a bit: whoever has not been seen for so long signs in again. */
const SESSION_SECONDS = 12 * 3_600;
const FRESH_SECONDS = 15 * 60;
export const LEAST_PASSWORD = 12;
export const MOST_PASSWORD = 200;
const SIGN_IN = '/sign-in/email';
/**
 * Accounts are the operator's and the administrators' to open and to close; and what tells the secret of a session to a script, or changes what
 * colleagues see, is our own API's.
 */
const CLOSED = [
  ...['/sign-up/email', '/delete-user', '/change-email', '/request-password-reset', '/reset-password', '/update-user'],
  ...['/get-session', '/list-sessions', '/revoke-session', '/revoke-sessions', '/revoke-other-sessions', '/update-session'],
  ...['/list-accounts', '/link-social', '/unlink-account', '/passkey/list-user-passkeys', '/passkey/update-passkey'],
];

export interface AuthHouse {
  database: Database;
  /** Where browsers reach the server. */
  publicUrl: string;
  /** Signs cookies and encrypts second factors; of this installation alone. */
  secret: string;
  /** Absent: passwords and passkeys only. */
  oidc?: OidcSettings | undefined;
}

export type Auth = ReturnType<typeof openAuth>;

/** Makes what answers below AUTH_PATH and knows sessions. */
export function openAuth({ database, publicUrl, secret, oidc }: AuthHouse) {
  return betterAuth({
    ...{ appName: 'Hazir', baseURL: publicUrl, basePath: AUTH_PATH, secret, database: database.pool },
    telemetry: { enabled: false },
    disabledPaths: CLOSED,
    // The page that the server itself has sent, under whichever of its names.
    trustedOrigins: (request) => (request === undefined ? [] : [new URL(request.url).origin]),
    logger: { disabled: true },
    emailAndPassword: {
      ...{ enabled: true, disableSignUp: true, minPasswordLength: LEAST_PASSWORD, maxPasswordLength: MOST_PASSWORD },
      revokeSessionsOnPasswordReset: true,
      password: { hash: (password) => hash(password), verify: ({ hash: kept, password }) => verify(kept, password) },
    },
    user: {
      ...TABLES.user,
      additionalFields: {
        language: { type: 'string', required: true, defaultValue: 'en' },
        disabledAt: { type: 'date', required: false, input: false, fieldName: 'disabled_at' },
      },
    },
    session: { ...TABLES.session, expiresIn: SESSION_SECONDS, freshAge: FRESH_SECONDS },
    account: { ...TABLES.account, accountLinking: { requireLocalEmailVerified: true, updateUserInfoOnLink: false } },
    onAPIError: { errorURL: `${publicUrl}/console/` },
    verification: TABLES.verification,
    rateLimit: {
      ...{ ...TABLES.rateLimit, enabled: true, storage: 'database', window: 60, max: 120 },
      // A whole office may come from one address in the morning; guessing is stopped by account, too.
      customRules: {
        [SIGN_IN]: { window: 60, max: 30 },
        '/two-factor/*': { window: 60, max: 10 },
        '/passkey/*': { window: 60, max: 30 },
      },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        if (path !== SIGN_IN || typeof body?.email !== 'string') return;
        if (!(await countTry(database, body.email)))
          throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_TRIES', message: 'Too many tries. Please wait 15 minutes.' });
      }),
      after: createAuthMiddleware(async ({ path, body, context }) => {
        const entered = context.newSession;
        if (!entered) return;
        if (path === SIGN_IN && typeof body?.email === 'string') await forgetTries(database, body.email);
        // A password alone is half a sign-in where there is a second factor.
        if (path === SIGN_IN && property(entered.user, 'twoFactorEnabled') === true) return;
        await database.query('update officers set signed_in_at = now() where id = $1', [entered.user.id]);
      }),
    },
    databaseHooks: guards(database),
    advanced: {
      // Said here because the library would leave the checks out where tests run.
      ...{ disableOriginCheck: false, disableCSRFCheck: false },
      ...{ cookiePrefix: 'hazir', useSecureCookies: publicUrl.startsWith('https:') },
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
      // Comes back from the provider's page.
      cookies: { state: { attributes: { sameSite: 'lax' } } },
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [
      twoFactor({ issuer: 'Hazir', schema: TABLES.twoFactor }),
      passkeyPlugin(publicUrl),
      ...(oidc === undefined ? [] : [oidcPlugin(oidc)]),
    ],
  });
}

/** What no way in gets around. */
function guards(database: Database) {
  const account = async (given: object) => ({ data: { ...given, ...WITHOUT_TOKENS } });
  return {
    account: { create: { before: account }, update: { before: account } },
    session: {
      create: {
        before: async ({ userId }: { userId: string }) => {
          const { rowCount } = await database.query('select from officers where id = $1 and disabled_at is null', [userId]);
          if (rowCount === 0) throw new APIError('FORBIDDEN', { code: 'OFFICER_DISABLED', message: 'This account is closed.' });
        },
      },
    },
  };
}
