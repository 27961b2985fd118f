/** Other systems over a real socket: what a flow is told when they are slow, refuse, talk nonsense, or are asked too often. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OutsideCall } from '../deps.ts';
import { createHttpClient } from '../http.ts';
import { json } from './adapters/json.ts';
import { type AskSystem, createAskSystem } from './ask.ts';
import type { OutsideSystem } from './system.ts';

type Behaviour = 'ok' | 'never' | 'failing' | 'refusing' | 'busy' | 'html' | 'hangup' | 'twice';

let behaviour: Behaviour = 'ok';
let requests: { url: string; headers: Record<string, unknown>; body: string }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += String(chunk);
  });
  request.on('end', () => {
    requests.push({ url: request.url ?? '', headers: request.headers, body });
    if (behaviour === 'never') return;
    if (behaviour === 'hangup') return void request.socket.destroy();
    const status = { failing: 500, refusing: 409, busy: 429 }[String(behaviour)] ?? 200;
    response.writeHead(status).end(behaviour === 'html' ? '<html>' : '{"seats":3}');
    if (behaviour === 'twice') request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"seats":9}');
  });
});
const http = createHttpClient(60_000);
let url = '';
let clock = 0;
let system: OutsideSystem | 'refused' | undefined;
let ask: AskSystem;

const call = (changes: Partial<OutsideCall> = {}): OutsideCall => ({
  ...{ id: 'call-1', kind: 'http', method: 'GET', url: 'https://other.invalid/sessions?pin=400028', headers: {}, timeoutMs: 200 },
  ...changes,
});
const codeOf = async (changes?: Partial<OutsideCall>): Promise<string> => {
  const { result, again } = await ask(call(changes), 1);
  return `${result.ok ? 'ok' : result.error.code}${again ? ' again' : ''}`;
};
const known = (changes: Partial<OutsideSystem> = {}): OutsideSystem => ({
  ...{
    adapter: json,
    account: { address: `${url}/base`, headers: { authorization: 'Bearer secret' } },
    timeoutMs: 60_000,
    keepMs: 0,
  },
  ...changes,
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await http.close();
});
beforeEach(() => {
  behaviour = 'ok';
  requests = [];
  clock = 0;
  system = known();
  const files = { put: async () => ({ hash: '', bytes: 0 }), get: async () => undefined, remove: async () => undefined };
  ask = createAskSystem({ systems: () => system, files, now: () => clock }, http);
});

describe('a system', () => {
  test('is asked at its own address, with its key and the id of the call', async () => {
    const { result } = await ask(call({ method: 'POST', body: { dose: 1 } }), 1);
    expect(result).toEqual({ ok: true, value: { seats: 3 } });
    expect(requests).toMatchObject([
      {
        url: '/base/sessions?pin=400028',
        headers: { authorization: 'Bearer secret', 'idempotency-key': 'call-1' },
        body: '{"dose":1}',
      },
    ]);
  });

  test.each<[Behaviour, string]>([
    ['never', 'fetch:timeout again'],
    ['failing', 'fetch:status-500 again'],
    ['hangup', 'fetch:unreachable again'],
    ['busy', 'fetch:busy again'],
    ['refusing', 'fetch:status-409'],
    ['html', 'fetch:not-json'],
    ['twice', 'ok'],
  ])('that answers "%s" is told to the flow as %s', async (how, code) => {
    behaviour = how;
    expect(await codeOf()).toBe(code);
  });

  test('that another organization keeps is not asked', async () => {
    system = 'refused';
    expect(await codeOf()).toBe('fetch:refused');
    expect(requests).toEqual([]);
  });

  test('of which nothing is said is asked where the pack says', async () => {
    system = undefined;
    const { result } = await ask(call({ url: `${url}/plain` }), 1);
    expect(result.ok).toBe(true);
    expect(requests[0]?.url).toBe('/plain');
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  test('may be asked so often, and again when the time is over', async () => {
    system = known({ limit: { calls: 2, perMs: 1_000 } });
    expect([await codeOf(), await codeOf(), await codeOf()]).toEqual(['ok', 'ok', 'fetch:busy']);
    clock = 1_000;
    expect(await codeOf()).toBe('ok');
    expect(requests).toHaveLength(3);
  });

  test('is not asked again while its answer is kept; a failure and a POST never are', async () => {
    system = known({ keepMs: 500 });
    behaviour = 'refusing';
    expect(await codeOf()).toBe('fetch:status-409');
    behaviour = 'ok';
    expect([await codeOf(), await codeOf()]).toEqual(['ok', 'ok']);
    expect(requests).toHaveLength(2);
    clock = 501;
    await codeOf();
    await codeOf({ method: 'POST', body: {} });
    await codeOf({ method: 'POST', body: {} });
    expect(requests).toHaveLength(5);
  });

  test("answers one organization from no other one's answers", async () => {
    system = known({ keepMs: 500 });
    await ask(call(), 1);
    await ask(call(), 2);
    expect(requests).toHaveLength(2);
  });
});
