/** One officer's console, as the page is: a stream of events, and questions for what is on show. */
import { randomInt } from 'node:crypto';
import { PASSWORD } from '../../support/officers.ts';

export interface Console {
  close: () => void;
}

export interface ConsolePlan {
  url: string;
  email: string;
  /** Contacts of this officer's tickets, with the ticket that is open on the page among them. */
  tickets: ReadonlyMap<string, string>;
  open: string;
  /** Called for each of the officer's citizens who wrote. */
  heard: (contactId: string) => void;
  /** Called for each question that was answered, with its milliseconds and status. */
  asked: (ms: number, status: number) => void;
}

/** A list on show is asked for again at most so often (packages/console/src/live). */
const LIST_MS = 5_000;

export async function openOfficersConsole({ url, email, tickets, open, heard, asked }: ConsolePlan): Promise<Console> {
  const cookie = await signIn(url, email);
  const cutter = new AbortController();
  const ask = async (path: string) => {
    const startedAt = performance.now();
    const answer = await fetch(`${url}/api/v1${path}`, { headers: { cookie }, signal: cutter.signal });
    await answer.arrayBuffer();
    asked(performance.now() - startedAt, answer.status);
  };
  const stream = await fetch(`${url}/api/v1/events`, { headers: { cookie }, signal: cutter.signal });
  if (!stream.ok) throw new Error(`no events for ${email}: ${stream.status}`);
  let next = performance.now() + LIST_MS * Math.random();
  const take = (contactIds: readonly string[]) => {
    const own = contactIds.filter((contactId) => tickets.has(contactId));
    for (const contactId of own) {
      heard(contactId);
      if (tickets.get(contactId) === open) void ask(`/tickets/${open}`).catch(() => undefined);
    }
    if (own.length === 0 || performance.now() < next) return;
    next = performance.now() + LIST_MS * (0.5 + Math.random());
    void ask('/tickets?view=mine').catch(() => undefined);
  };
  void read(stream, take).catch(() => undefined);
  return { close: () => cutter.abort() };
}

async function signIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: url,
      'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
    },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`${email} cannot sign in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

async function read({ body }: Response, take: (contactIds: readonly string[]) => void): Promise<void> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.startsWith('event: talk')) continue;
      const { contactIds }: { contactIds: string[] } = JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}');
      take(contactIds);
    }
  }
}
