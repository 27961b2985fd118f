/** Hazir as a user runs it: packs published and the server started by its own commands, numbers in its own table. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Database, ensureOrganization, saveChannel } from '@hazir/store';
import type { NumberPlan } from '../world/contacts.ts';

const main = fileURLToPath(new URL('../../../packages/server/src/main.ts', import.meta.url));
export const PACK_FOLDER = fileURLToPath(new URL('../../../packs/mumbai', import.meta.url));

export interface HazirPlan {
  databaseUrl: string;
  folder: string;
  /** Ports of the processes that take webhooks; one process each. */
  webPorts: readonly number[];
  /** Where each of them takes webhooks on bare sockets; absent: with everything else. */
  webhookPorts?: readonly number[];
  /** Processes that only work, without webhooks. */
  workers: number;
  /** Roles are named when processes differ in them. */
  split: boolean;
  /** Folder for processor profiles; absent: none. */
  profile?: string;
}

export interface RunningHazir {
  pids: readonly number[];
  children: readonly ChildProcess[];
  /** Ends in order, as Ctrl-C does. */
  stop: () => Promise<void>;
}

/** Two organizations share the numbers; each has an app of its own, so its own secret. */
const ORGANIZATIONS = 2;

export function planNumbers(count: number): NumberPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    numberId: String(500_000_000_000_000 + index),
    businessId: String(600_000_000_000_000 + (index % ORGANIZATIONS)),
    digits: String(918_000_000_000 + index),
    organization: index % ORGANIZATIONS,
    appSecret: `load-secret-of-organization-${index % ORGANIZATIONS}`,
  }));
}

export function organizationOf(numberIndex: number): string {
  return `load-${numberIndex % ORGANIZATIONS}`;
}

/** Publishes the pack for both organizations and connects the numbers. */
export async function furnish(
  database: Database,
  plan: {
    databaseUrl: string;
    folder: string;
    numbers: readonly NumberPlan[];
    graphUrl: string;
    messagesPerSecond: number;
    readReceipts: boolean;
  },
): Promise<void> {
  for (let index = 0; index < ORGANIZATIONS; index += 1) {
    await runCommand(plan, ['pack', 'publish', PACK_FOLDER, '--organization', organizationOf(index)]);
  }
  for (const [index, number] of plan.numbers.entries()) {
    const { id } = await ensureOrganization(database, organizationOf(index), organizationOf(index));
    const account = { accountId: number.numberId, businessId: number.businessId, appSecret: number.appSecret };
    const secrets = { accessToken: `load-token-${index}`, verifyToken: `load-verify-${index}` };
    const { messagesPerSecond, readReceipts, graphUrl: baseUrl } = plan;
    const settings = { messagesPerSecond, readReceipts, baseUrl, version: 'v25.0', pack: 'mumbai', appId: null };
    const names = { channelType: 'whatsapp', name: `Number ${index}`, displayPhone: `+${number.digits}` };
    await saveChannel(database, { organizationId: id, ...account, ...secrets, ...settings, ...names });
  }
}

/** Runs `hazir ...` to its end; throws when it fails. */
export async function runCommand(plan: { databaseUrl: string; folder: string }, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [main, ...args], { env: environment(plan), stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`hazir ${args.join(' ')} ended with ${code}`);
}

/** Starts every process of the plan and resolves when all are ready. */
export async function startHazir(plan: HazirPlan): Promise<RunningHazir> {
  const web = plan.webPorts.map((port, index) =>
    launch(plan, { port, webhookPort: plan.webhookPorts?.[index], role: plan.split ? 'web' : undefined }),
  );
  const workers = Array.from({ length: plan.workers }, async () => launch(plan, { port: await freePort(), role: 'worker' }));
  const children = await Promise.all([...web, ...workers]);
  return {
    children,
    pids: children.map(({ pid }) => pid ?? 0),
    stop: async () => {
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.kill('SIGTERM');
          await gone;
        }),
      );
    },
  };
}

async function launch(
  plan: HazirPlan,
  { port, webhookPort, role }: { port: number; webhookPort?: number | undefined; role: string | undefined },
): Promise<ChildProcess> {
  const profile = plan.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${plan.profile}`];
  const log = openSync(join(plan.folder, 'hazir.log'), 'a');
  const child = spawn(process.execPath, [...profile, main, 'start', '--json', ...(role === undefined ? [] : ['--role', role])], {
    env: {
      ...environment(plan),
      HAZIR_PORT: String(port),
      HAZIR_WEBHOOK_PORT: webhookPort === undefined ? '' : String(webhookPort),
    },
    stdio: ['ignore', 'pipe', log],
  });
  const gone = once(child, 'exit').then(() => false);
  const ready = child.stdout && once(createInterface({ input: child.stdout }), 'line').then(() => true);
  if (!(await Promise.race([ready, gone]))) throw new Error(`Hazir did not start; see ${join(plan.folder, 'hazir.log')}`);
  return child;
}

function environment({ databaseUrl, folder }: { databaseUrl: string; folder: string }): NodeJS.ProcessEnv {
  const dataDir = join(folder, 'files');
  mkdirSync(dataDir, { recursive: true });
  return { ...process.env, DATABASE_URL: databaseUrl, HAZIR_DATA_DIR: dataDir };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
