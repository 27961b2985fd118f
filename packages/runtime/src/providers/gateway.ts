/**
 * The one way out to providers of speech and language. Each call is counted against the organization's budget before it is made; it has a
 * time-out and one second try; a provider that fails again and again rests; the next one in the organization's list is asked
 * instead. Identity numbers, telephone numbers and addresses are taken out of every text. The log tells provider, model, time, cost and outcome,
 * never a word of what was asked or answered.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type ProviderMemory, type ProviderTask, type ProviderTasks, redactForProvider } from '@hazir/language';
import { addProviderCost, countProviderCall, type Database } from '@hazir/store';
import { LRUCache } from 'lru-cache';
import type { HttpClient } from '../http.ts';
import type { Log } from '../log.ts';
import { type Circuit, createCircuit } from '../sender/circuit.ts';
import type { ConfiguredProvider, RulesOf } from './configured.ts';
import { type Made, makeExchange } from './exchange.ts';

export type Asked<Task extends ProviderTask> = ProviderTasks[Task]['asked'];
export type Answer<Task extends ProviderTask> = ProviderTasks[Task]['answer'];

/** Answers in the order of what was asked, all by one provider; or why there are none. */
export type Answered<Task extends ProviderTask> =
  | { ok: true; answers: Answer<Task>[]; provider: string }
  | { ok: false; code: string };

export interface Gateway {
  /** `prepare` makes what a provider is asked, in the form that it takes; throws when it cannot be made for it. */
  ask: <Task extends ProviderTask>(
    organizationId: number,
    task: Task,
    prepare: (provider: ConfiguredProvider) => Promise<readonly Asked<Task>[]>,
  ) => Promise<Answered<Task>>;
}

/** What is counted of each call, once it is over. */
export type ProviderCallMeter = (call: {
  organizationId: number;
  provider: string;
  task: string;
  outcome: string;
  ms: number;
  rupees: number;
}) => void;

export interface GatewayDeps {
  database: Database;
  http: HttpClient;
  log: Log;
  rulesOf: RulesOf;
  now: () => number;
  meter?: ProviderCallMeter;
}

const FAILURES_TO_REST = 5;
const MEMORIES = 500;
/** A citizen waits: after this no further provider is tried. */
const LONGEST_MS = 45_000;
const AGAIN_AFTER_MS = 200;
const INDIA_MS = 19_800_000;

export function createGateway(deps: GatewayDeps): Gateway {
  const circuits = new Map<string, Circuit>();
  const memory = createMemory();
  let count = 0;
  const circuitOf = ({ id }: ConfiguredProvider): Circuit => {
    const circuit = circuits.get(id) ?? createCircuit(FAILURES_TO_REST);
    circuits.set(id, circuit);
    return circuit;
  };
  const make = <Task extends ProviderTask>(provider: ConfiguredProvider, task: Task, asked: Asked<Task>) => {
    const begin = provider.adapter.tasks[task];
    if (begin === undefined) return Promise.resolve({ code: 'provider:none', again: false });
    const step = begin(redacted(asked), provider.account, memory(provider.id));
    return makeExchange<Answer<Task>>(deps.http, step, provider.timeoutMs);
  };
  const askOne = async <Task extends ProviderTask>(
    organizationId: number,
    provider: ConfiguredProvider,
    { task, asked }: { task: Task; asked: Asked<Task> },
  ): Promise<Made<Answer<Task>>> => {
    const circuit = circuitOf(provider);
    if (circuit.wait(performance.now()) > 0) return { code: 'provider:resting', again: false };
    if (!(await takeFromBudget(deps, organizationId))) return { code: 'provider:budget', again: false };
    circuit.begun();
    const begunAt = performance.now();
    let made = await make(provider, task, asked);
    if ('code' in made && made.again) {
      await delay(AGAIN_AFTER_MS * (1 + 2 * Math.random()));
      made = (await takeFromBudget(deps, organizationId)) ? await make(provider, task, asked) : made;
    }
    count += 1;
    const failed = 'code' in made && (made.again || made.code === 'provider:key');
    if (failed && circuit.failed(String(count), performance.now())) deps.log('warn', 'provider_rests', { provider: provider.id });
    if (!failed && circuit.answered()) deps.log('info', 'provider_back', { provider: provider.id });
    await account(deps, { organizationId, provider, task, asked, made, ms: performance.now() - begunAt });
    return made;
  };
  return {
    ask: async (organizationId, task, prepare) => {
      const chain = deps.rulesOf(organizationId)?.chain[task] ?? [];
      const until = performance.now() + LONGEST_MS;
      let code = 'provider:none';
      for (const provider of chain) {
        if (performance.now() > until) break;
        const made = await askAll(provider, prepare, (asked) => askOne(organizationId, provider, { task, asked }));
        if ('answers' in made) return { ok: true, answers: made.answers, provider: provider.id };
        code = made.code;
        if (code === 'provider:budget') break;
      }
      return { ok: false, code };
    },
  };
}

async function askAll<One, Given>(
  provider: ConfiguredProvider,
  prepare: (provider: ConfiguredProvider) => Promise<readonly One[]>,
  ask: (asked: One) => Promise<Made<Given>>,
): Promise<{ answers: Given[] } | { code: string }> {
  const prepared = await prepare(provider).catch((error: unknown) => codeOf(error));
  if (typeof prepared === 'string') return { code: prepared };
  const answers: Given[] = [];
  for (const asked of prepared) {
    const made = await ask(asked);
    if ('code' in made) return made;
    answers.push(made.answer);
  }
  return { answers };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'provider:refused';
}

/** Texts without what must not leave; everything else as it is. */
function redacted<Given>(asked: Given): Given {
  if (typeof asked !== 'object' || asked === null) return asked;
  const copy = { ...asked };
  if ('text' in copy && typeof copy.text === 'string') copy.text = redactForProvider(copy.text);
  if ('messages' in copy && Array.isArray(copy.messages))
    copy.messages = copy.messages.map((message) => ({ ...message, content: redactForProvider(String(message.content)) }));
  return copy;
}

async function takeFromBudget({ database, rulesOf, now }: GatewayDeps, organizationId: number): Promise<boolean> {
  const rules = rulesOf(organizationId);
  return rules !== undefined && countProviderCall(database, { organizationId, day: dayOf(now()) }, rules);
}

/** The day in India. */
export function dayOf(now: number): string {
  return new Date(now + INDIA_MS).toISOString().slice(0, 10);
}

interface Over {
  organizationId: number;
  provider: ConfiguredProvider;
  task: ProviderTask;
  asked: object;
  made: Made<unknown>;
  ms: number;
}

async function account(deps: GatewayDeps, over: Over): Promise<void> {
  const { organizationId, provider, task, made, ms } = over;
  const outcome = 'code' in made ? made.code.slice(made.code.indexOf(':') + 1) : 'ok';
  const rupees = 'code' in made ? 0 : costOf(over);
  const model = provider.account.models[task] ?? '';
  deps.log('info', 'provider_asked', {
    organization: organizationId,
    provider: provider.id,
    model,
    task,
    ms: Math.round(ms),
    rupees,
    outcome,
  });
  deps.meter?.({ organizationId, provider: provider.id, task, outcome, ms, rupees });
  if (rupees > 0) await addProviderCost(deps.database, { organizationId, day: dayOf(deps.now()) }, rupees);
}

function costOf({ provider: { rupees }, asked, made }: Over): number {
  const answer = 'answer' in made && typeof made.answer === 'object' && made.answer !== null ? made.answer : {};
  const seconds = 'seconds' in asked ? Number(asked.seconds) : 0;
  const characters = 'text' in asked ? String(asked.text).length : 0;
  const tokens = 'tokens' in answer ? Number(answer.tokens) : 0;
  return (
    (seconds / 60) * rupees.perMinute +
    (tokens / 1_000) * rupees.perThousandTokens +
    (characters / 1_000) * rupees.perThousandCharacters
  );
}

/** What adapters remember, each for itself, for as long as it says. */
function createMemory(): (provider: string) => ProviderMemory {
  const kept = new LRUCache<string, string>({ max: MEMORIES });
  return (provider) => ({
    get: (key) => {
      const known = kept.get(`${provider}|${key}`);
      return known === undefined ? undefined : JSON.parse(known);
    },
    set: (key, value, forMs) => void kept.set(`${provider}|${key}`, JSON.stringify(value), { ttl: forMs }),
    forget: (key) => void kept.delete(`${provider}|${key}`),
  });
}
