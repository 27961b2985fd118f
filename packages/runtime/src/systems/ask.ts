/** Asks another system: within its time and its limits, with an honest code for whatever comes of it. */
import type { CallResult } from '@hazir/core';
import { LRUCache } from 'lru-cache';
import type { OutsideCall, RuntimeDeps } from '../deps.ts';
import type { HttpClient } from '../http.ts';
import { json } from './adapters/json.ts';
import type { OutsideSystem } from './system.ts';

export interface Asked {
  result: CallResult;
  /** It may go better in a while. */
  again: boolean;
}

export type AskSystem = (call: OutsideCall, organizationId: number) => Promise<Asked>;

/** Answers that are kept, of all systems together. */
const MOST_KEPT = 2_000;

export function createAskSystem(deps: Pick<RuntimeDeps, 'systems' | 'files' | 'now'>, http: HttpClient): AskSystem {
  const kept = new LRUCache<string, { result: CallResult; until: number }>({ max: MOST_KEPT });
  const mayAsk = createLimits(deps.now);
  return async (call, organizationId) => {
    const { host, origin } = new URL(call.url);
    const known = deps.systems?.(host, organizationId);
    if (known === 'refused') return failed('fetch:refused', 'This system is not for this organization.', false);
    const system = known ?? plain(origin, call.timeoutMs);
    const key = call.method === 'GET' && system.keepMs > 0 ? `${organizationId} ${call.url}` : undefined;
    const before = key === undefined ? undefined : kept.get(key);
    if (before !== undefined && before.until > deps.now()) return { result: before.result, again: false };
    if (!mayAsk(host, system.limit)) return failed('fetch:busy', 'The other system may not be asked this often.', false);
    const asked = await ask(deps, http, { call, system });
    if (key !== undefined && asked.result.ok) kept.set(key, { result: asked.result, until: deps.now() + system.keepMs });
    return asked;
  };
}

function plain(address: string, timeoutMs: number): OutsideSystem {
  return { adapter: json, account: { address, headers: {} }, timeoutMs, keepMs: 0 };
}

async function ask(
  { files }: Pick<RuntimeDeps, 'files'>,
  http: HttpClient,
  { call, system }: { call: OutsideCall; system: OutsideSystem },
): Promise<Asked> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), Math.min(call.timeoutMs, system.timeoutMs));
  try {
    const response = await Promise.race([http.call(system.adapter.request(call, system.account)), late.promise]);
    if (response === 'late') return failed('fetch:timeout', 'The other system did not answer in time.', true);
    if ('network' in response) return failed('fetch:unreachable', 'The other system could not be reached.', true);
    if (response.status === 429) return failed('fetch:busy', 'The other system is asked too often.', true);
    const result = await system.adapter.result(response, (bytes) => files.put(bytes));
    return { result, again: response.status >= 500 };
  } finally {
    clearTimeout(timer);
  }
}

function failed(code: `fetch:${string}`, message: string, again: boolean): Asked {
  return { result: { ok: false, error: { code, message } }, again };
}

/** Counts calls in windows that begin with the first one. */
function createLimits(now: () => number): (host: string, limit: OutsideSystem['limit']) => boolean {
  const windows = new Map<string, { from: number; calls: number }>();
  return (host, limit) => {
    if (limit === undefined) return true;
    const window = windows.get(host);
    if (window === undefined || now() - window.from >= limit.perMs) {
      windows.set(host, { from: now(), calls: 1 });
      return true;
    }
    window.calls += 1;
    return window.calls <= limit.calls;
  };
}
