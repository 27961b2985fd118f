/** Reads the file that HAZIR_PROVIDERS names: which providers there are, and which organization may ask which. Secrets stay in the environment. */
import { HazirError } from '@hazir/core';
import { type ProviderAdapter, type ProviderTask, providerAdapters } from '@hazir/language';
import type { ConfiguredProvider, ProviderRules } from '@hazir/runtime';
import { z } from 'zod';
import { readSettingsFile } from './read-settings-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const TASKS = ['transcribe', 'speak', 'translate', 'chat'] as const satisfies readonly ProviderTask[];

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens');
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of an environment variable, never the secret itself');
const amount = z.number().min(0);
const chain = z.array(name).max(5).default([]);

const schema = z.strictObject({
  providers: z.record(
    name,
    z.strictObject({
      type: z.enum([...providerAdapters.keys()]),
      url: z
        .url({ protocol: /^https?$/ })
        .transform((text) => text.replace(/\/+$/, ''))
        .optional(),
      key: variable.optional(),
      user: variable.optional(),
      models: z.partialRecord(z.enum(TASKS), z.string().max(100)).default({}),
      timeout: z.int().min(500).max(60_000).default(15_000),
      rupees: z
        .strictObject({
          perMinute: amount.default(0),
          perThousandTokens: amount.default(0),
          perThousandCharacters: amount.default(0),
        })
        .prefault({}),
    }),
  ),
  organizations: z.record(
    z.string(),
    z.strictObject({
      ...{ transcribe: chain, speak: chain, translate: chain, chat: chain },
      choose: z.boolean().default(false),
      rephrase: z.boolean().default(false),
      callsPerDay: z.int().min(0).default(1_000),
      rupeesPerDay: amount.default(500),
    }),
  ),
});

type Source = z.infer<typeof schema>;

export interface Providers {
  all: readonly ConfiguredProvider[];
  /** By the organization's short name. */
  rules: ReadonlyMap<string, ProviderRules>;
}

/** Throws `config:providers` naming everything that is wrong; never a secret. */
export function readProviders(file: string, environment: Environment): Providers {
  const source = readSettingsFile(file, schema, wrong);
  const problems: string[] = [];
  const all = new Map(
    Object.entries(source.providers).flatMap(([id, each]) => {
      const adapter = providerAdapters.get(each.type);
      return adapter === undefined ? [] : [[id, configure(id, { each, adapter, environment, problems })] as const];
    }),
  );
  const rules = new Map(
    Object.entries(source.organizations).map(([slug, given]) => [slug, rulesOf(slug, { given, all, problems })] as const),
  );
  if (problems.length > 0) throw wrong(file, problems.join('; '));
  return { all: [...all.values()], rules };
}

function wrong(file: string, what: string): HazirError {
  return new HazirError('config:providers', `The providers in ${file} are wrong: ${what}.`, {
    hint: 'See docs/how-to/providers.md.',
  });
}

interface Configuring {
  each: Source['providers'][string];
  adapter: ProviderAdapter;
  environment: Environment;
  problems: string[];
}

function configure(id: string, { each, adapter, environment, problems }: Configuring): ConfiguredProvider {
  const secret = (named: string | undefined, what: 'key' | 'user') => {
    if (named === undefined && adapter.needs[what]) problems.push(`${id} needs "${what}: NAME_OF_A_VARIABLE"`);
    const value = named === undefined ? undefined : environment[named];
    if (named !== undefined && (value === undefined || value === '')) problems.push(`${id}: ${named} is not set`);
    return value;
  };
  const url = each.url ?? adapter.defaultUrl;
  if (url === undefined) problems.push(`${id} needs "url"`);
  const [key, user] = [secret(each.key, 'key'), secret(each.user, 'user')];
  const account = { url: url ?? '', models: each.models, ...(key !== undefined && { key }), ...(user !== undefined && { user }) };
  return { id, adapter, account, timeoutMs: each.timeout, rupees: each.rupees };
}

function rulesOf(
  slug: string,
  {
    given,
    all,
    problems,
  }: { given: Source['organizations'][string]; all: ReadonlyMap<string, ConfiguredProvider>; problems: string[] },
): ProviderRules {
  const chains = TASKS.map((task) => {
    const providers = given[task].flatMap((id) => {
      const provider = all.get(id);
      if (provider === undefined) problems.push(`${slug}.${task}: there is no provider ${id}`);
      else if (provider.adapter.tasks[task] === undefined) problems.push(`${slug}.${task}: ${id} does not do this`);
      return provider === undefined ? [] : [provider];
    });
    return [task, providers] as const;
  });
  const { choose, rephrase, callsPerDay, rupeesPerDay } = given;
  return { chain: Object.fromEntries(chains), choose, rephrase, callsPerDay, rupeesPerDay };
}
