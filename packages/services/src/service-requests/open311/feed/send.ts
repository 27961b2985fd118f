/**
 * Sends requests to departments' servers, each until its id there is known. What a server was asked and did not answer may be
 * there all the same: then its requests are searched for our reference before anything is posted again.
 */
import type { Database, Tx } from '@hazir/store';
import { type RequestRow, readRequest } from '../../records.ts';
import type { RequestDesks } from '../../waiting.ts';
import { type Ask, around, getCall, isRefused, postCall, recordsIn, type Told } from './calls.ts';
import type { Forward } from './forward-settings.ts';
import { forwardOf } from './forwards.ts';

export interface Feeding {
  desks: RequestDesks;
  ask: Ask;
  now: Date;
}

interface Taken {
  organizationId: number;
  contactId: string;
  requestId: string;
  before: 'due' | 'asked' | 'token';
  attempts: number;
  askedAt: Date;
  token: string | null;
}

type Outcome =
  | { state: 'linked'; foreignId: string | null }
  | { state: 'token'; token: string }
  | { state: 'ended' | 'asked'; problem: string };

const AT_ONCE = 10;
/** Longer than a try can last: who has taken one and died leaves it to the next. */
const LEASE_MS = 5 * 60_000;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Some nine hours. */
const MOST_TRIES = 15;

/** Takes what is due; resolves with how many there were. */
export async function sendForwards(database: Database, feeding: Feeding): Promise<number> {
  const taken = await takeDue(database, feeding);
  await Promise.all(taken.map((one) => sendOne(database, feeding, one)));
  return taken.length;
}

async function takeDue(tx: Tx, { desks, now }: Feeding): Promise<Taken[]> {
  const { rows } = await tx.query<Taken>(
    `with due as (select organization_id, contact_id, request_id, state from open311_forwards
        where due_at <= $1 and organization_id = any ($2) order by due_at limit $3 for update skip locked)
     update open311_forwards f set due_at = $4, attempts = f.attempts + 1, asked_at = coalesce(f.asked_at, $1),
            state = case f.state when 'due' then 'asked' else f.state end
       from due where f.organization_id = due.organization_id and f.contact_id = due.contact_id and f.request_id = due.request_id
     returning f.organization_id as "organizationId", f.contact_id as "contactId", f.request_id as "requestId", due.state as before,
       f.attempts, f.asked_at as "askedAt", f.token`,
    [now, [...desks.keys()], AT_ONCE, new Date(now.getTime() + LEASE_MS)],
  );
  return rows;
}

async function sendOne(database: Database, feeding: Feeding, taken: Taken): Promise<void> {
  const row = await readRequest(database, { ...taken, id: taken.requestId });
  const desk = feeding.desks.get(taken.organizationId);
  const forward = row && desk && forwardOf(desk, row.service_code);
  const outcome: Outcome =
    row === undefined || forward === undefined
      ? { state: 'ended', problem: 'open311:not-forwarded' }
      : await tryOne(feeding, forward, { row, taken });
  await keep(database, taken, { outcome, now: feeding.now });
}

interface Sent {
  row: RequestRow;
  taken: Taken;
}

async function tryOne(feeding: Feeding, forward: Forward, sent: Sent): Promise<Outcome> {
  if (sent.taken.before === 'token') return askForToken(feeding, forward, sent.taken);
  if (sent.taken.before === 'asked') {
    const found = await lookUp(feeding, forward, sent);
    if (found !== 'absent') return found;
  }
  return post(feeding, forward, sent.row);
}

async function post({ ask }: Feeding, forward: Forward, row: RequestRow): Promise<Outcome> {
  const where = {
    ...(row.latitude !== null && row.longitude !== null && { lat: String(row.latitude), long: String(row.longitude) }),
    ...((row.address ?? row.area) !== null && { address_string: row.address ?? row.area }),
  };
  const fields = {
    service_code: forward.services[row.service_code] ?? '',
    // By this we find it again. Nothing is said of who asked.
    ...{ description: `${row.description}\n\n${row.reference}`.trim(), device_id: row.reference, ...where },
  };
  const { result } = await ask(postCall(forward, { path: 'requests.xml', id: row.id, fields }), row.organization_id);
  const told = recordsIn(result)?.[0];
  if (told !== undefined) return linkOf(told);
  return failure(result.ok ? 'fetch:not-xml' : result.error.code);
}

/** `absent`: the server answered, and has no request with our reference. */
async function lookUp({ ask, now }: Feeding, forward: Forward, { row, taken }: Sent): Promise<Outcome | 'absent'> {
  const query = { service_code: forward.services[row.service_code] ?? '', ...around(taken.askedAt, now), extensions: 'true' };
  const { result } = await ask(getCall(forward, 'requests.xml', query), row.organization_id);
  const records = recordsIn(result);
  if (records === undefined) return { state: 'asked', problem: result.ok ? 'fetch:not-xml' : result.error.code };
  const found = records.find((record) => Object.values(record).some((text) => text.includes(row.reference)));
  return found?.service_request_id === undefined ? 'absent' : { state: 'linked', foreignId: found.service_request_id };
}

async function askForToken({ ask }: Feeding, forward: Forward, { token, organizationId }: Taken): Promise<Outcome> {
  const { result } = await ask(getCall(forward, `tokens/${encodeURIComponent(token ?? '')}.xml`, {}), organizationId);
  const foreignId = recordsIn(result)?.[0]?.service_request_id;
  if (foreignId !== undefined) return { state: 'linked', foreignId };
  // Not there yet: some servers say so with 404.
  return token === null ? { state: 'ended', problem: 'open311:no-token' } : { state: 'token', token };
}

/** A server that gives neither id nor token keeps the request to itself: there is nothing more to ask. */
function linkOf({ service_request_id, token }: Told): Outcome {
  if (service_request_id === undefined && token !== undefined) return { state: 'token', token };
  return { state: 'linked', foreignId: service_request_id ?? null };
}

function failure(code: string): Outcome {
  return { state: isRefused(code) ? 'ended' : 'asked', problem: code };
}

async function keep(tx: Tx, taken: Taken, { outcome, now }: { outcome: Outcome; now: Date }): Promise<void> {
  const open = outcome.state === 'asked' || outcome.state === 'token';
  const state = open && taken.attempts >= MOST_TRIES ? 'ended' : outcome.state;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (taken.attempts - 1));
  await tx.query(
    `update open311_forwards set state = $4, due_at = $5, token = coalesce($6, token), foreign_id = coalesce($7, foreign_id), problem = $8
      where organization_id = $1 and contact_id = $2 and request_id = $3`,
    [
      ...[taken.organizationId, taken.contactId, taken.requestId, state],
      open && state !== 'ended' ? new Date(now.getTime() + wait) : null,
      'token' in outcome ? outcome.token : null,
      'foreignId' in outcome ? outcome.foreignId : null,
      'problem' in outcome ? outcome.problem : state === 'ended' ? 'open311:no-id' : null,
    ],
  );
}
