/**
 * Every call that the phone makes: the simulator's control API on the page's own origin, and nothing else. A refusal or
 * an unreachable simulator rejects with an Error whose message is fit to show.
 */
import * as z from 'zod/mini';
import type {
  ChatItem,
  Citizen,
  CitizenChange,
  CitizenMessage,
  Delivery,
  Faults,
  GraphRequest,
  NewCitizen,
  SimulatorState,
} from '../../src/protocol.ts';
import * as schemas from './schemas.ts';

const base = '/simulator/api';

export async function fetchState(): Promise<SimulatorState> {
  return z.parse(schemas.simulatorState, await ask('GET', '/state'));
}

export async function createCitizen(wanted: NewCitizen): Promise<Citizen> {
  return z.parse(schemas.citizen, await ask('POST', '/citizens', wanted));
}

export async function changeCitizen(id: string, change: CitizenChange): Promise<Citizen> {
  return z.parse(schemas.citizen, await ask('PATCH', `/citizens/${encodeURIComponent(id)}`, change));
}

/** Resolves to the message's id (wamid). */
export async function sendMessage(citizenId: string, message: CitizenMessage): Promise<string> {
  const answer = await ask('POST', `/citizens/${encodeURIComponent(citizenId)}/messages`, message);
  return z.parse(schemas.created, answer).id;
}

export async function markRead(citizenId: string, numberId: string): Promise<void> {
  await ask('POST', `/citizens/${encodeURIComponent(citizenId)}/reads`, { numberId });
}

/** Chat items of one number that changed after `after`. */
export async function fetchItems(citizenId: string, numberId: string, after: number): Promise<ChatItem[]> {
  const query = new URLSearchParams({ numberId, after: String(after) });
  return schemas.itemsOf(schemas.chatItem, await ask('GET', `/citizens/${encodeURIComponent(citizenId)}/messages?${query}`));
}

export function eventsAddress(citizenId: string): string {
  return `${base}/citizens/${encodeURIComponent(citizenId)}/events`;
}

/** Resolves to the media id. */
export async function uploadMedia(file: Blob, fileName: string): Promise<string> {
  const response = await request('/media', {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream', 'x-file-name': encodeURIComponent(fileName) },
    body: file,
  });
  return z.parse(schemas.uploaded, await readBody(response)).mediaId;
}

export async function fetchFaults(): Promise<Faults> {
  return z.parse(schemas.faults, await ask('GET', '/faults'));
}

export async function putFaults(wanted: Faults): Promise<Faults> {
  return z.parse(schemas.faults, await ask('PUT', '/faults', wanted));
}

/** Resolves to the simulator's new time in milliseconds. */
export async function advanceClock(advanceMs: number): Promise<number> {
  return z.parse(schemas.clockAnswer, await ask('POST', '/clock', { advanceMs })).now;
}

export async function fetchRequests(after: number): Promise<GraphRequest[]> {
  return schemas.itemsOf(schemas.graphRequest, await ask('GET', `/requests?after=${after}`));
}

export async function fetchDeliveries(after: number): Promise<Delivery[]> {
  return schemas.itemsOf(schemas.delivery, await ask('GET', `/deliveries?after=${after}`));
}

export async function resetSimulator(): Promise<void> {
  await ask('POST', '/reset');
}

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  return readBody(await request(path, init));
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(base + path, init).catch(() => {
    throw new Error('The simulator does not answer.');
  });
  if (response.ok) return response;
  const detail = await response.text().catch(() => '');
  throw new Error(reasonIn(detail) ?? `The simulator answered ${response.status}.`);
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

function reasonIn(detail: string): string | undefined {
  const shape = z.union([
    z.object({ error: z.object({ message: z.string() }) }),
    z.object({ error: z.string() }),
    z.object({ message: z.string() }),
  ]);
  try {
    const parsed = z.safeParse(shape, JSON.parse(detail));
    if (!parsed.success) return undefined;
    if ('message' in parsed.data) return parsed.data.message;
    return typeof parsed.data.error === 'string' ? parsed.data.error : parsed.data.error.message;
  } catch {
    return undefined;
  }
}
