/** A whole Hazir with helpline officers who call its API by cookie, and citizens on the fake Graph API. */
import { randomInt, randomUUID } from 'node:crypto';
import { type Json, textProperty } from '@hazir/core';
import { ensureOrganization } from '@hazir/store';
import type { Role } from '../../packages/server/src/auth/policies.ts';
import { addTestOfficer, PASSWORD } from '../support/officers.ts';
import { openStage, type Stage, textOf } from '../support/stage.ts';

export interface Officer {
  get: (path: string) => Promise<{ status: number; body: Json }>;
  /** Under a key of its own unless one is given. */
  post: (path: string, body: unknown, key?: string) => Promise<{ status: number; body: Json }>;
}

export interface Helpline {
  stage: Stage;
  officer: (email: string, role: Role, organization?: string) => Promise<Officer>;
  /** All that the business has said to a citizen, in order. */
  heardBy: (citizen: string) => string[];
}

export async function openHelpline(): Promise<Helpline> {
  const stage = await openStage();
  const { database, served } = stage;
  return {
    stage,
    heardBy: (citizen) =>
      stage.control
        .messages(citizen)
        .filter((item) => item.from === 'business')
        .map(textOf),
    officer: async (email, role, slug = 'demo-mumbai') => {
      const { id: organizationId } = await ensureOrganization(database, slug, slug);
      await addTestOfficer(database, email, [{ role, organizationId }]);
      const signedIn = await fetch(`${served.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: served.url, 'x-forwarded-for': `192.0.2.${randomInt(256)}` },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
      const cookie = signedIn.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ');
      const call = async (path: string, init: RequestInit) => {
        const answer = await fetch(`${served.url}/api/v1${path}`, {
          ...init,
          headers: { cookie, 'x-hazir-console': '1', ...Object(init.headers) },
        });
        return { status: answer.status, body: JSON.parse(await answer.text()) };
      };
      return {
        get: (path) => call(path, {}),
        post: (path, body, key = randomUUID()) =>
          call(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': key },
            body: JSON.stringify(body),
          }),
      };
    },
  };
}

export function codeOf({ status, body }: { status: number; body: Json }): string {
  return `${status} ${textProperty(body, 'code')}`;
}
