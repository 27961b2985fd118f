/** A whole Hazir with helpline officers who call its API by cookie, and citizens on the fake Graph API. */
import { randomInt, randomUUID } from 'node:crypto';
import { type Json, property, textProperty } from '@hazir/core';
import { ensureOrganization } from '@hazir/store';
import type { Role } from '../../packages/server/src/auth/policies.ts';
import { addTestOfficer, PASSWORD } from '../support/officers.ts';
import { openStage, type Stage, type StageOptions, textOf } from '../support/stage.ts';

export interface Officer {
  id: string;
  get: (path: string) => Promise<{ status: number; body: Json }>;
  /** Under a key of its own unless one is given. */
  post: (path: string, body: unknown, key?: string) => Promise<{ status: number; body: Json }>;
  put: (path: string, body: unknown) => Promise<{ status: number; body: Json }>;
  /** The bytes of a file. */
  bytes: (path: string) => Promise<{ status: number; headers: Headers; bytes: Uint8Array }>;
  send: (path: string, bytes: Uint8Array) => Promise<{ status: number; body: Json }>;
  /** What the console hears, until the test ends; `cut` ends the line, and the next call begins after it. */
  listen: (lastId?: string) => Promise<Stream>;
}

export interface Helpline {
  stage: Stage;
  officer: (email: string, role: Role, organization?: string) => Promise<Officer>;
  /** All that the business has said to a citizen, in order. */
  heardBy: (citizen: string) => string[];
}

export interface Stream {
  /** So far: event and data. */
  heard: { event: string; data: Json; id: string }[];
  cut: () => void;
}

export async function openHelpline(options: StageOptions = {}): Promise<Helpline> {
  const stage = await openStage(options);
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
        const text = await answer.text();
        return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
      };
      const write =
        (method: string) =>
        (path: string, body: unknown, key: string = randomUUID()) =>
          call(path, {
            method,
            headers: { 'content-type': 'application/json', 'idempotency-key': key },
            body: JSON.stringify(body),
          });
      const me = await call('/me', {});
      return {
        id: textProperty(property(me.body, 'officer') ?? null, 'id') ?? '',
        get: (path) => call(path, {}),
        post: write('POST'),
        put: write('PUT'),
        bytes: async (path) => {
          const answer = await fetch(`${served.url}/api/v1${path}`, { headers: { cookie } });
          return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
        },
        send: (path, bytes) =>
          call(path, {
            method: 'POST',
            headers: { 'content-type': 'application/octet-stream', 'idempotency-key': randomUUID() },
            body: Uint8Array.from(bytes),
          }),
        listen: (lastId) => listen(`${served.url}/api/v1/events`, { cookie, ...(lastId && { 'last-event-id': lastId }) }),
      };
    },
  };
}

/** Resolves when the server has said that it is there. */
async function listen(url: string, headers: Record<string, string>): Promise<Stream> {
  const cutter = new AbortController();
  const answer = await fetch(url, { headers, signal: cutter.signal });
  const heard: Stream['heard'] = [];
  let begun: () => void = () => undefined;
  const there = new Promise<void>((resolve) => (begun = resolve));
  void readEvents(answer, { heard, begun }).catch(() => undefined);
  await there;
  return { heard, cut: () => cutter.abort() };
}

async function readEvents({ body }: Response, { heard, begun }: { heard: Stream['heard']; begun: () => void }): Promise<void> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith(':')) begun();
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') !== '') heard.push({ event: field('event'), data: JSON.parse(field('data')), id: field('id') });
    }
  }
}

export function codeOf({ status, body }: { status: number; body: Json }): string {
  return `${status} ${textProperty(body, 'code')}`;
}
