/** Signing in and out, and what officers sign in with, at better-auth's own addresses. */
import { OFFLINE, ProblemError } from './client.ts';

/** True when the code of a second factor is wanted next. */
export async function signIn(email: string, password: string): Promise<boolean> {
  const answer = await call('/sign-in/email', { email, password });
  return typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
}

/** Six digits of the app, or one of the codes that were kept for the day without it. */
export async function giveCode(code: string): Promise<void> {
  const isDigits = /^\d{6}$/.test(code);
  await call(isDigits ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code', { code });
}

/** Leaves for the provider's page, which sends the officer back. */
export async function goToProvider(): Promise<void> {
  const back = { callbackURL: '/console/', errorCallbackURL: '/console/' };
  const url = read(await call('/sign-in/social', { provider: 'oidc', disableRedirect: true, ...back }), 'url');
  if (typeof url !== 'string' || !/^https?:/.test(url)) throw new ProblemError('oidc-other', '');
  window.location.assign(url);
}

const PROVIDER_PROBLEMS = ['signup_disabled', 'account_not_linked', 'access_denied'];

/** Code of what the provider, or we after it, said in the address. */
export function providerProblem(error: string): string {
  if (error === 'OFFICER_DISABLED') return error;
  return `oidc-${PROVIDER_PROBLEMS.includes(error) ? error : 'other'}`;
}

export async function signOut(): Promise<void> {
  await call('/sign-out', {});
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call('/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
}

export interface NewFactor {
  /** For the app, as a picture. */
  totpURI: string;
  backupCodes: readonly string[];
}

/** Begins a second factor, which counts once a code of it was given. */
export async function beginFactor(password: string): Promise<NewFactor> {
  const answer = await call('/two-factor/enable', { password });
  const totpURI = read(answer, 'totpURI');
  return { totpURI: typeof totpURI === 'string' ? totpURI : '', backupCodes: textsIn(read(answer, 'backupCodes')) };
}

export async function confirmFactor(code: string): Promise<void> {
  await call('/two-factor/verify-totp', { code });
}

export async function endFactor(password: string): Promise<void> {
  await call('/two-factor/disable', { password });
}

/** New codes; the ones before are worth nothing then. */
export async function newBackupCodes(password: string): Promise<readonly string[]> {
  return textsIn(read(await call('/two-factor/generate-backup-codes', { password }), 'backupCodes'));
}

/** What else the page asks there: passkeys. Without a body it is a GET. */
export async function call(path: string, body?: unknown): Promise<unknown> {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/api/auth${path}`, body === undefined ? {} : sent).catch(() => {
    throw new ProblemError(OFFLINE, '');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const code = read(answer, 'code');
  throw new ProblemError(typeof code === 'string' ? code : `http:${response.status}`, '');
}

function read(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
