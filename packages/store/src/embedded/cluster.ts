/**
 * The supervisor of the embedded PostgreSQL.
 *
 * States: absent -> (initdb) -> stopped -> (spawn) -> starting -> (postmaster.pid says ready) -> running -> (SIGINT) -> stopped.
 * Our own death by kill -9 leaves the server running; the next start reads postmaster.pid and adopts it. A server that
 * died leaves a stale pid file, which PostgreSQL itself clears while it recovers from its log.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HazirError, numberProperty, textProperty } from '@hazir/core';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { databaseHome, databaseOwner, type Owner } from './owner.ts';

export interface Cluster {
  /** postgres://... of the database "postgres" of this cluster. */
  url: string;
  /** True when an earlier process had left the server running. */
  adopted: boolean;
  /** Stops the server (fast shutdown) and waits until it is gone. */
  stop: () => Promise<void>;
}

export interface ClusterOptions {
  dataDir: string;
  /** Server settings beyond the defaults, for example { fsync: 'off' } in tests. */
  settings?: Readonly<Record<string, string>>;
}

interface Place {
  home: string;
  data: string;
  owner: Owner | undefined;
  binaries: Binaries;
}

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;
const WATCH_MS = 500;
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  max_connections: '60',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  jit: 'off',
  log_min_messages: 'warning',
  timezone: 'UTC',
};

/** Starts the embedded server below `dataDir`, making it first where needed, or adopts the one that runs there. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const place = await findPlace(options.dataDir);
  const access = await readAccess(place.home);
  const settings = { ...SETTINGS, ...options.settings };
  if (access !== undefined && (await runningPid(place.data)) !== undefined) {
    await waitReady(place, () => undefined);
    return { url: urlOf(place, access), adopted: true, stop: watch(place, () => launch(place, access.port, settings)) };
  }
  const next = { password: access?.password ?? randomBytes(18).toString('base64url'), port: await freePort(access?.port) };
  if (!(await initialized(place.data))) await initialize(place, next.password);
  await writeFile(join(place.home, 'access.json'), JSON.stringify(next), { mode: 0o600 });
  const start = () => launch(place, next.port, settings);
  await start();
  return { url: urlOf(place, next), adopted: false, stop: watch(place, start) };
}

/** Starts the server again when it dies under us; the result ends the watch and stops the server. */
function watch(place: Place, start: () => Promise<void>): () => Promise<void> {
  let starting = false;
  const look = async () => {
    if (starting || (await runningPid(place.data)) !== undefined) return;
    starting = true;
    await start().catch(() => undefined);
    starting = false;
  };
  const timer = setInterval(() => void look(), WATCH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await stopServer(place.data);
  };
}

async function findPlace(dataDir: string): Promise<Place> {
  try {
    await mkdir(dataDir, { recursive: true });
    const owner = await databaseOwner();
    const home = await databaseHome(dataDir, owner);
    return { home, data: join(home, 'data'), owner, binaries: await prepareBinaries(home) };
  } catch (cause) {
    if (cause instanceof HazirError) throw cause;
    throw new HazirError('database:folder', `The data folder cannot be written: ${reasonOf(cause)}.`, {
      hint: 'Choose another folder with HAZIR_DATA_DIR, or give this account the right to write there.',
      cause,
    });
  }
}

async function readAccess(home: string): Promise<{ password: string; port: number } | undefined> {
  const text = await readFile(join(home, 'access.json'), 'utf8').catch(() => '{}');
  const parsed: unknown = JSON.parse(text);
  const password = textProperty(parsed, 'password');
  const port = numberProperty(parsed, 'port');
  return password === undefined || port === undefined ? undefined : { password, port };
}

/** Over the socket in its folder where there is one: what is said there is not copied through the network's layers. */
function urlOf({ home }: Place, { password, port }: { password: string; port: number }): string {
  const url = `postgres://hazir:${password}@127.0.0.1:${port}/postgres`;
  return existsSync(socketOf(home, port)) ? `${url}?host=${encodeURIComponent(home)}` : url;
}

function socketOf(home: string, port: number): string {
  return join(home, `.s.PGSQL.${port}`);
}

/** The longest path of a socket that every system takes. */
const SOCKET_PATH = 100;

/** Where the server makes its socket; none where a path would be too long or the system has no such thing. */
function socketFolder(home: string, port: number): string {
  return process.platform !== 'win32' && Buffer.byteLength(socketOf(home, port)) <= SOCKET_PATH ? home : '';
}

async function initialized(data: string): Promise<boolean> {
  return readFile(join(data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/** Initialises beside the final place and renames, so that a crash in between leaves no half-made cluster. */
async function initialize(place: Place, password: string): Promise<void> {
  const fresh = `${place.data}.new`;
  const secret = join(place.home, 'password.new');
  await rm(fresh, { recursive: true, force: true });
  await writeFile(secret, password, { mode: 0o600 });
  if (place.owner !== undefined) await chown(secret, place.owner.uid, place.owner.gid);
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const args = ['-D', fresh, '-U', 'hazir', '-E', 'UTF8', '--locale-provider=libc', `--locale=${locale}`];
  const output = await run(place.binaries.initdb, [...args, '--auth=scram-sha-256', `--pwfile=${secret}`], place.owner);
  await rm(secret, { force: true });
  if (output.code !== 0) {
    throw new HazirError('database:initialize', `The embedded PostgreSQL could not be created: ${output.text.slice(-400)}`, {
      hint: 'See the text above; DATABASE_URL selects a server of your own instead.',
    });
  }
  await rename(fresh, place.data);
}

function run(command: string, args: string[], owner: Owner | undefined): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...owner, env: { PATH: process.env.PATH, LC_ALL: 'C' }, cwd: '/' });
    let text = '';
    child.stdout.on('data', (chunk) => (text += String(chunk)));
    child.stderr.on('data', (chunk) => (text += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** Detached, so that Ctrl-C in our terminal reaches us alone and we stop the server in order. */
async function launch(place: Place, port: number, settings: Readonly<Record<string, string>>): Promise<void> {
  const log = await open(join(place.home, 'postgres.log'), 'a');
  const all = { unix_socket_directories: socketFolder(place.home, port), ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(place.binaries.postgres, ['-D', place.data, '-p', String(port), ...flags], {
    ...place.owner,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let exited: string | undefined;
  child.on('error', (error) => (exited = error.message));
  child.on('exit', (code) => (exited = `exit code ${code}`));
  child.unref();
  await log.close();
  await waitReady(place, () => exited);
}

/** Line 8 of postmaster.pid says "ready" once connections are taken; recovery after a crash may take a while. */
async function waitReady(place: Place, exited: () => string | undefined): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    const lines = (await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (lines[7]?.trim() === 'ready') return;
    const reason = exited();
    if (reason !== undefined) throw startError(place, reason);
    await delay(15);
  }
  throw startError(place, `not ready within ${READY_WITHIN_MS / 1000} s`);
}

function startError(place: Place, reason: string): HazirError {
  return new HazirError('database:start', `The embedded PostgreSQL did not start (${reason}).`, {
    hint: `Its own words are in ${join(place.home, 'postgres.log')}.`,
  });
}

async function runningPid(data: string): Promise<number | undefined> {
  const first = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0];
  const pid = Number(first);
  return Number.isInteger(pid) && pid > 0 && alive(pid) && (await isPostgres(pid)) ? pid : undefined;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A process id may be used again by another program; only Linux tells its name cheaply. */
async function isPostgres(pid: number): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'postgres');
  return name.trim().startsWith('postgres');
}

async function stopServer(data: string): Promise<void> {
  const pid = await runningPid(data);
  if (pid !== undefined) process.kill(pid, 'SIGINT');
  const until = Date.now() + STOP_WITHIN_MS;
  while (Date.now() < until && (await runningPid(data)) !== undefined) await delay(15);
}

/** The port of last time if it is still free, so that tools keep working; otherwise any. */
async function freePort(wanted: number | undefined): Promise<number> {
  const tryPort = (port: number): Promise<number | undefined> =>
    new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(undefined));
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
      });
    });
  const port = (wanted === undefined ? undefined : await tryPort(wanted)) ?? (await tryPort(0));
  if (port === undefined) throw new HazirError('database:port', 'No free port on 127.0.0.1 for the embedded PostgreSQL.');
  return port;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
