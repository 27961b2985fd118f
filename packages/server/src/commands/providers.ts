import { HazirError } from '@hazir/core';
import type { ProviderTask, ProviderTasks } from '@hazir/language';
import { type ConfiguredProvider, createHttpClient, makeExchange } from '@hazir/runtime';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { readProviders } from '../setup/read-providers.ts';
import { print, printJson, printTable } from './output.ts';
import { quietSecond } from './quiet-second.ts';

interface Checked {
  provider: string;
  type: string;
  task: string;
  ok: boolean;
  ms: number;
  detail: string;
}

export function addProvidersCommand(program: Command): void {
  program
    .command('providers')
    .description('providers of speech and language')
    .command('check')
    .description('ask each provider of HAZIR_PROVIDERS one small thing of each kind, and say how it went')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => {
      const checked = await checkAll();
      if (options.json) printJson(checked);
      else if (checked.length === 0) print('No provider is set up.');
      else
        printTable(
          checked.map(({ provider, type, task, ok, ms, detail }) => [
            ok ? 'ok' : 'FAIL',
            provider,
            type,
            task,
            `${ms} ms`,
            detail,
          ]),
        );
      if (checked.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

async function checkAll(): Promise<Checked[]> {
  const { providers } = readConfig(process.env);
  if (providers === undefined)
    throw new HazirError('usage:no-providers', 'HAZIR_PROVIDERS names no file.', { hint: 'See docs/how-to/providers.md.' });
  const { all } = readProviders(providers, process.env);
  const http = createHttpClient(Math.max(1_000, ...all.map(({ timeoutMs }) => timeoutMs)));
  try {
    const checks = all.flatMap((provider) =>
      Object.entries(CHECKS).flatMap(([task, check]) => check(provider, http).map((made) => ({ provider, task, made }))),
    );
    return await Promise.all(checks.map(async ({ provider, task, made }) => resultOf(provider, task, await made())));
  } finally {
    await http.close();
  }
}

type Http = ReturnType<typeof createHttpClient>;
type Try = () => Promise<{ ms: number; detail: string; ok: boolean }>;

/** One small thing of each kind; none when the provider does not do it. */
const CHECKS: { [Task in ProviderTask]: (provider: ConfiguredProvider, http: Http) => Try[] } = {
  transcribe: (provider, http) =>
    one(provider, http, 'transcribe', {
      bytes: quietSecond(),
      mimeType: 'audio/wav',
      seconds: 1,
      language: 'hi',
      languages: ['hi'],
    }),
  speak: (provider, http) => one(provider, http, 'speak', { text: 'Good morning', language: 'en' }),
  translate: (provider, http) => one(provider, http, 'translate', { text: 'water', from: 'en', to: 'hi' }),
  chat: (provider, http) =>
    one(provider, http, 'chat', {
      messages: [{ role: 'user', content: 'Answer with {"ok":true}.' }],
      schema: {
        name: 'ok',
        schema: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'], additionalProperties: false },
      },
      mostTokens: 20,
    }),
};

function one<Task extends ProviderTask>(
  provider: ConfiguredProvider,
  http: Http,
  task: Task,
  asked: ProviderTasks[Task]['asked'],
): Try[] {
  const begin = provider.adapter.tasks[task];
  if (begin === undefined) return [];
  const nothing = { get: () => undefined, set: () => undefined, forget: () => undefined };
  return [
    async () => {
      const begunAt = performance.now();
      const made = await makeExchange<ProviderTasks[Task]['answer']>(
        http,
        begin(asked, provider.account, nothing),
        provider.timeoutMs,
      );
      const ms = Math.round(performance.now() - begunAt);
      return 'code' in made ? { ms, ok: false, detail: made.code } : { ms, ok: true, detail: 'answered' };
    },
  ];
}

function resultOf(provider: ConfiguredProvider, task: string, made: Awaited<ReturnType<Try>>): Checked {
  return { provider: provider.id, type: provider.adapter.type, task, ...made };
}
