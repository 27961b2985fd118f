/** Settings: defaults, then a YAML file, then the environment; one schema checks and documents them. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HazirError } from '@hazir/core';
import { parse } from 'yaml';
import { z } from 'zod';

const wholeNumber = z.coerce.number({ error: 'must be a whole number' }).int({ error: 'must be a whole number' });
const port = wholeNumber.min(0, { error: 'must be from 0 to 65535' }).max(65_535, { error: 'must be from 0 to 65535' });
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

/** Name in the environment, name in the file, meaning. A new setting is one entry here. */
export const SETTINGS = {
  HAZIR_PORT: { key: 'port', schema: port.default(4000), summary: 'Port of the web server.' },
  HAZIR_HOST: { key: 'host', schema: z.string().min(1).default('127.0.0.1'), summary: 'Address to listen on; 0.0.0.0 for all.' },
  HAZIR_WEBHOOK_PORT: {
    key: 'webhookPort',
    schema: port.optional(),
    summary: 'A second port for webhooks alone, cheaper for each; only for a proxy of your own, never open to the outside.',
  },
  HAZIR_DATA_DIR: {
    key: 'dataDir',
    schema: z.string().min(1).default('.hazir'),
    summary: 'Folder for files and the embedded database.',
  },
  HAZIR_PACKS_DIR: {
    key: 'packsDir',
    schema: z.string().min(1).optional(),
    summary: 'Folder of packs; default: the packs that come with Hazir.',
  },
  HAZIR_DEMO_PACK: {
    key: 'demoPack',
    schema: z
      .string()
      .regex(/^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/, { error: 'must be names of packs, with commas' })
      .default('mumbai,mygov,ncw'),
    summary: 'Packs of the demo, each with a number of its own: folders in the folder of packs, with commas.',
  },
  DATABASE_URL: {
    key: 'databaseUrl',
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
      .optional(),
    summary: 'A PostgreSQL server of your own (15 or newer); default: the embedded one.',
    secret: true,
  },
  HAZIR_GRAPH_URL: {
    key: 'graphUrl',
    schema: url.optional(),
    summary: 'Another Graph API than the simulator, for every demo channel.',
  },
  HAZIR_PUBLIC_URL: {
    key: 'publicUrl',
    schema: url.optional(),
    summary: 'Where the outside reaches this server; default: its own address.',
  },
  HAZIR_ROLE: {
    key: 'role',
    schema: z.enum(['both', 'web', 'worker']).default('both'),
    summary: 'What this process does: web takes webhooks in, worker works numbers, both does both.',
  },
  HAZIR_LOG_LEVEL: {
    key: 'logLevel',
    schema: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    summary: 'Least level that is logged.',
  },
  HAZIR_IN_DOUBT_MS: {
    key: 'inDoubtMs',
    schema: wholeNumber.min(1_000).max(600_000).default(60_000),
    summary: 'How long a message whose fate is unknown waits for a status before it is sent again.',
  },
  HAZIR_REQUEST_TIMEOUT_MS: {
    key: 'requestMs',
    schema: wholeNumber.min(500).max(120_000).default(15_000),
    summary: 'Time-out of one request to a provider.',
  },
  HAZIR_BACKLOG_UNREADY_MS: {
    key: 'backlogUnreadyMs',
    schema: wholeNumber.min(1_000).max(86_400_000).default(60_000),
    summary: 'How long the oldest message may wait before /readyz says that the backlog is hopeless.',
  },
  HAZIR_METRICS_TOKEN: {
    key: 'metricsToken',
    schema: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
    summary: 'Bearer token for /metrics; without one only this machine itself may read it.',
    secret: true,
  },
  HAZIR_AUTH_SECRET: {
    key: 'authSecret',
    schema: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
    summary: "Signs officers' cookies, the same for every process; default: one made for this data folder.",
    secret: true,
  },
  HAZIR_OIDC_ISSUER: {
    key: 'oidcIssuer',
    schema: z.url({ protocol: /^https?$/, error: 'must be an address, as the provider names itself' }).optional(),
    summary: 'Issuer of OpenID Connect by whose accounts officers may sign in; passwords and passkeys only when absent.',
  },
  HAZIR_OIDC_CLIENT_ID: {
    key: 'oidcClientId',
    schema: z.string().min(1).optional(),
    summary: 'What the issuer knows Hazir by.',
  },
  HAZIR_OIDC_CLIENT_SECRET: {
    key: 'oidcClientSecret',
    schema: z.string().min(1).optional(),
    summary: 'Secret that the issuer gave; none for a public client.',
    secret: true,
  },
  HAZIR_SPOOL_MB: {
    key: 'spoolMb',
    schema: wholeNumber.min(1).max(1_000_000).default(512),
    summary: 'Most megabytes of webhooks that are kept on disk while the database is away; then 503.',
  },
  HAZIR_PROVIDERS: {
    key: 'providers',
    schema: z.string().min(1).optional(),
    summary: 'File that names providers of speech and language, and who may ask them; none when absent.',
  },
  HAZIR_SYSTEMS: {
    key: 'systems',
    schema: z.string().min(1).optional(),
    summary:
      'File that says where the other systems are that packs ask, with keys and limits; over https as packs say when absent.',
  },
  HAZIR_VOICE_SECONDS: {
    key: 'voiceSeconds',
    schema: wholeNumber.min(1).max(600).default(120),
    summary: 'Longest voice message whose words are asked for; a longer one is kept for a person.',
  },
  HAZIR_FILE_MB: {
    key: 'fileMb',
    schema: wholeNumber.min(1).max(100).default(25),
    summary: "Most megabytes of a citizen's file; whoever sends a larger one is told.",
  },
  HAZIR_SCANNER: {
    key: 'scanner',
    schema: z
      .string()
      .regex(/^clamd:\/\/[^/:@]+:\d{1,5}$|^clamd:\/\/\[[0-9a-f:]+\]:\d{1,5}$/, { error: 'must be like clamd://scanner:3310' })
      .optional(),
    summary: "A virus scanner (clamd) that sees every citizen's file before it is kept; none when absent.",
  },
  HAZIR_VOICE_KEEP_DAYS: {
    key: 'voiceKeepDays',
    schema: wholeNumber.min(0).max(3_650).default(0),
    summary: 'Days after which voice messages are deleted; 0 keeps them like all files.',
  },
} as const;

const plain = z.strictObject({
  port: SETTINGS.HAZIR_PORT.schema,
  host: SETTINGS.HAZIR_HOST.schema,
  webhookPort: SETTINGS.HAZIR_WEBHOOK_PORT.schema,
  dataDir: SETTINGS.HAZIR_DATA_DIR.schema,
  packsDir: SETTINGS.HAZIR_PACKS_DIR.schema,
  demoPack: SETTINGS.HAZIR_DEMO_PACK.schema,
  databaseUrl: SETTINGS.DATABASE_URL.schema,
  graphUrl: SETTINGS.HAZIR_GRAPH_URL.schema,
  publicUrl: SETTINGS.HAZIR_PUBLIC_URL.schema,
  role: SETTINGS.HAZIR_ROLE.schema,
  logLevel: SETTINGS.HAZIR_LOG_LEVEL.schema,
  inDoubtMs: SETTINGS.HAZIR_IN_DOUBT_MS.schema,
  requestMs: SETTINGS.HAZIR_REQUEST_TIMEOUT_MS.schema,
  backlogUnreadyMs: SETTINGS.HAZIR_BACKLOG_UNREADY_MS.schema,
  metricsToken: SETTINGS.HAZIR_METRICS_TOKEN.schema,
  authSecret: SETTINGS.HAZIR_AUTH_SECRET.schema,
  oidcIssuer: SETTINGS.HAZIR_OIDC_ISSUER.schema,
  oidcClientId: SETTINGS.HAZIR_OIDC_CLIENT_ID.schema,
  oidcClientSecret: SETTINGS.HAZIR_OIDC_CLIENT_SECRET.schema,
  spoolMb: SETTINGS.HAZIR_SPOOL_MB.schema,
  providers: SETTINGS.HAZIR_PROVIDERS.schema,
  systems: SETTINGS.HAZIR_SYSTEMS.schema,
  voiceSeconds: SETTINGS.HAZIR_VOICE_SECONDS.schema,
  fileMb: SETTINGS.HAZIR_FILE_MB.schema,
  scanner: SETTINGS.HAZIR_SCANNER.schema,
  voiceKeepDays: SETTINGS.HAZIR_VOICE_KEEP_DAYS.schema,
});

const shape = plain.refine(({ oidcIssuer, oidcClientId }) => (oidcIssuer === undefined) === (oidcClientId === undefined), {
  path: ['oidcClientId'],
  error: 'goes together with HAZIR_OIDC_ISSUER',
});

export type Config = z.infer<typeof shape>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings; throws `config:invalid` naming each setting that is wrong. */
export function readConfig(environment: Environment): Config {
  const file = environment.HAZIR_CONFIG ?? 'hazir.config.yaml';
  const fromFile = existsSync(file) ? readSettingsFile(file) : {};
  if (environment.HAZIR_CONFIG !== undefined && !existsSync(file)) {
    throw new HazirError('config:no-file', `There is no file ${file}.`, { hint: 'Correct HAZIR_CONFIG or unset it.' });
  }
  const fromEnvironment = Object.fromEntries(
    Object.entries(SETTINGS).flatMap(([name, { key }]) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[key, value]];
    }),
  );
  const parsed = shape.safeParse({ ...fromFile, ...fromEnvironment });
  if (parsed.success) return { ...parsed.data, dataDir: resolve(parsed.data.dataDir) };
  const found = parsed.error.issues.map((issue) => `${nameOf(issue.path.join('.'))}: ${issue.message}`).join('; ');
  throw new HazirError('config:invalid', `These settings are wrong: ${found}.`, {
    hint: 'See "hazir config --help" for names and defaults.',
  });
}

function readSettingsFile(file: string): object {
  try {
    const parsed: unknown = parse(readFileSync(file, 'utf8')) ?? {};
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : 'unknown';
    throw new HazirError('config:unreadable', `The settings in ${file} cannot be read: ${reason}`, {
      hint: 'Correct the file, or set HAZIR_CONFIG to another one.',
      cause,
    });
  }
  throw new HazirError('config:unreadable', `The settings in ${file} are not names with values.`, {
    hint: 'Write one setting a line, for example: port: 4001',
  });
}

/** Every setting with its value, for printing; secrets are masked. */
export function describeConfig(config: Config): { name: string; value: string; summary: string }[] {
  const values = new Map(Object.entries(config));
  return Object.entries(SETTINGS).map(([name, setting]) => {
    const value = values.get(setting.key);
    const masked = 'secret' in setting && typeof value === 'string' ? maskSecret(value) : value;
    return { name, value: masked === undefined ? '' : String(masked), summary: setting.summary };
  });
}

/** Of an address only its password is secret. */
function maskSecret(value: string): string {
  if (!value.includes('://')) return '***';
  return value.replace(/:\/\/.*@/, '://***@').replace(/([?&]password=)[^&]*/i, '$1***');
}

function nameOf(key: string): string {
  return Object.entries(SETTINGS).find(([, setting]) => setting.key === key)?.[0] ?? key;
}
