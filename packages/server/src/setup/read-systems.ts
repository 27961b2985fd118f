/** Reads the file that HAZIR_SYSTEMS names: where the other systems are that packs ask. Secrets stay in the environment. */
import { HazirError } from '@hazir/core';
import { type OutsideSystem, systemAdapters } from '@hazir/runtime';
import { z } from 'zod';
import { readSettingsFile } from './read-settings-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const host = z.string().regex(/^[a-z0-9.-]+(:\d+)?$/, 'must be a host as packs name it, without https://');
const variable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of an environment variable, never the secret itself');
const PLACE = /\{([A-Z][A-Z0-9_]*)\}/g;

const schema = z.record(
  host,
  z.strictObject({
    address: z
      .url({ protocol: /^https?$/ })
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    speaks: z.enum([...systemAdapters.keys()]).default('json'),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), z.string().max(2_000)).default({}),
    key: variable.optional(),
    organizations: z.array(z.string()).min(1).optional(),
    timeout: z.int().min(500).max(60_000).default(10_000),
    limit: z.strictObject({ calls: z.int().min(1), seconds: z.int().min(1).max(86_400) }).optional(),
    keepSeconds: z.int().min(0).max(86_400).default(0),
  }),
);

export interface ConfiguredSystem extends OutsideSystem {
  /** Short names; undefined: every organization may ask. */
  organizations: readonly string[] | undefined;
}

/** By host. Throws `config:systems` naming everything that is wrong; never a secret. */
export function readSystems(file: string, environment: Environment): ReadonlyMap<string, ConfiguredSystem> {
  const problems: string[] = [];
  const secretOf = (system: string, name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') problems.push(`${system}: ${name} is not set`);
    return value ?? '';
  };
  const systems = Object.entries(readSettingsFile(file, schema, wrong)).flatMap(([name, given]) => {
    const adapter = systemAdapters.get(given.speaks);
    if (adapter === undefined) return [];
    const headers = Object.entries(given.headers).map(([header, text]) => [
      header.toLowerCase(),
      text.replaceAll(PLACE, (_, wanted: string) => secretOf(name, wanted)),
    ]);
    const account = {
      address: given.address ?? `https://${name}`,
      headers: Object.fromEntries(headers),
      ...(given.key !== undefined && { key: secretOf(name, given.key) }),
    };
    const limit = given.limit && { calls: given.limit.calls, perMs: given.limit.seconds * 1_000 };
    const system: ConfiguredSystem = {
      ...{ adapter, account, timeoutMs: given.timeout, keepMs: given.keepSeconds * 1_000 },
      ...{ organizations: given.organizations, ...(limit && { limit }) },
    };
    return [[name, system] as const];
  });
  if (problems.length > 0) throw wrong(file, problems.join('; '));
  return new Map(systems);
}

function wrong(file: string, what: string): HazirError {
  return new HazirError('config:systems', `The systems in ${file} are wrong: ${what}.`, {
    hint: 'See docs/how-to/other-systems.md.',
  });
}
