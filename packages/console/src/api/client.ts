/** The one way to the server. Every call says that it is the console's, in which language and for which organization. */
import createClient from 'openapi-fetch';
import type { components, paths } from './generated/schema.d.ts';

type Schemas = components['schemas'];
export type Me = Schemas['Me'];
export type Request = Schemas['Request'];
export type FullRequest = Schemas['FullRequest'];
export type Move = FullRequest['moves'][number];
export type Counts = Schemas['Counts'];
export type Boundaries = Schemas['Boundaries'];
export type Vocabulary = Schemas['Vocabulary'];
export type Standing = Schemas['Standing'];
export type Ticket = Schemas['Ticket'];
export type FullTicket = Schemas['FullTicket'];
export type Line = FullTicket['lines'][number];
export type IssuedDocument = Schemas['Document'];
export type Figures = Schemas['Numbers'];
export type Contact = Schemas['Contact'];
export type Profile = Schemas['Profile'];
export type Helpline = Schemas['Helpline'];
export type Roster = Schemas['Roster'];
export type Agent = Schemas['Agent'];
export type Shift = Schemas['Shift'];
export type AuditEntry = Schemas['AuditEntry'];
export type FirstRun = Schemas['FirstRun'];
export type Channel = Schemas['Channel'];
export type ChannelHealth = Schemas['ChannelHealth'];
export type ConnectedChannel = Schemas['ConnectedChannel'];
export type Template = Schemas['Template'];
export type Key = Schemas['Key'];
export type Account = Schemas['Account'];
export type Member = Schemas['Member'];
export type MemberChanged = Schemas['MemberChanged'];

/** What went wrong, with its code of docs/errors.md. */
export class ProblemError extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** No answer came: the connection, or the server, is away. */
export const OFFLINE = 'offline';

const headers: Record<string, string> = { 'x-hazir-console': '1' };

/** From the next call on. */
export function speak(language: string): void {
  headers['accept-language'] = language;
}

export const client = createClient<paths>({ baseUrl: '/api/v1' });
client.use({
  onRequest: ({ request }) => {
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    return request;
  },
});

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The answer of a call. Throws a ProblemError for everything else, also when the server cannot be reached. */
export async function answerOf<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch(() => {
    throw new ProblemError(OFFLINE, 'The server does not answer.');
  });
  if (response.ok && data !== undefined) return data;
  throw problemOf(error, response.status);
}

function problemOf(error: unknown, status: number): ProblemError {
  const said = typeof error === 'object' && error !== null ? error : {};
  const code = 'code' in said && typeof said.code === 'string' ? said.code : `http:${status}`;
  const detail = 'detail' in said && typeof said.detail === 'string' ? said.detail : '';
  return new ProblemError(code, detail);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof ProblemError ? error.code : undefined;
}
