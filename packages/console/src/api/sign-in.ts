/** Signing in and out, at better-auth's own addresses. */
import { OFFLINE, ProblemError } from './client.ts';

/** True when the code of a second factor is wanted next. */
export async function signIn(email: string, password: string): Promise<boolean> {
  const answer = await post('/sign-in/email', { email, password });
  return typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
}

export async function giveCode(code: string): Promise<void> {
  await post('/two-factor/verify-totp', { code });
}

export async function signOut(): Promise<void> {
  await post('/sign-out', {});
}

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ProblemError(OFFLINE, '');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const code =
    typeof answer === 'object' && answer !== null && 'code' in answer ? String(answer.code) : `http:${response.status}`;
  throw new ProblemError(code, '');
}
