/** The composition root: puts database, packs, channels, runtime, web server and, in a demo, the simulator together. */
import { channelAdapters } from '@hazir/channels';
import { HazirError } from '@hazir/core';
import { step } from '@hazir/flow';
import {
  type ChannelBook,
  DEFAULT_SETTINGS,
  type FileStore,
  type Log,
  migrateJobs,
  type ProviderDesk,
  type Runtime,
  type RuntimeDeps,
  type SystemBook,
  startRuntime,
} from '@hazir/runtime';
import { publishTrust, serviceMigrations } from '@hazir/services';
import { createSimulator, demoCitizens, type SimulatedNumber, type Simulator, type SimulatorOptions } from '@hazir/simulator';
import { type Database, migrate, openDatabase, storeMigrations } from '@hazir/store';
import { setUpLink } from './auth/set-up.ts';
import type { Config } from './config.ts';
import { openChannelBook } from './setup/channel-book.ts';
import { claimData } from './setup/claim-data.ts';
import { type Demo, type DemoHouse, furnishDemo, readDemoSecret, readDemos } from './setup/demo.ts';
import { type DemoOfficers, furnishOfficers } from './setup/demo-officers.ts';
import { expireVoice } from './setup/expire-voice.ts';
import { createFileStore } from './setup/file-store.ts';
import { namedIn } from './setup/named-places.ts';
import { openProviders } from './setup/open-providers.ts';
import { openScanner } from './setup/open-scanner.ts';
import { openSystems } from './setup/open-systems.ts';
import { type OrganizationNames, openOrganizationNames } from './setup/organization-names.ts';
import { openPackBook, type PublishingPackBook } from './setup/pack-book.ts';
import { openPrograms } from './setup/programs.ts';
import type { PackFiles } from './setup/read-pack.ts';
import { templatesForReview } from './setup/templates.ts';
import { createTending } from './setup/tend.ts';
import { type Handlers, type Listening, listen, listenForWebhooks } from './web/listen.ts';
import { PHONE_DIR } from './web/phone-dir.ts';
import { createRoutes } from './web/routes.ts';
import { openIntake } from './web/spool/open-intake.ts';
import { type ServerWatch, watchServer } from './web/watch-server.ts';

/** How soon a running server sees what a command has changed. */
const REFRESH_MS = 5_000;
/** How often the partitions of coming months are looked after, and what is past its time. */
const TIDY_MS = 6 * 3_600_000;

export interface Served {
  url: string;
  database: Database;
  runtime: Runtime;
  /** Present in the demo. */
  simulator: Simulator | undefined;
  /** Who can sign in to the console, in the demo. */
  officers: DemoOfficers | undefined;
  /** Where the first administrator is made, while there is no officer. */
  setUp: string | undefined;
  /** Looks at once for what is due (reminders, seats to offer), as it does every few seconds by itself. */
  tend: () => Promise<void>;
  /** Finishes what is under way and closes everything, the database last. */
  close: () => Promise<void>;
}

export interface ServeOptions {
  config: Config;
  log: Log;
  /** A database that is open already (tests). */
  database?: Database;
  /** The demo's pack; default: the Mumbai pack that comes with Hazir. */
  pack?: PackFiles;
  /** Recorded answers for calls to the outside (tests). */
  outside?: RuntimeDeps['outside'];
  /** Providers in place of those of HAZIR_PROVIDERS (tests). */
  providers?: ProviderDesk;
  /** Changes to the demo's simulator (tests). */
  simulator?: Partial<SimulatorOptions>;
}

/** Brings the database to this version of Hazir. */
export async function prepareDatabase(database: Database, log: Log): Promise<string[]> {
  const done = await migrate(database, [storeMigrations, ...serviceMigrations]);
  await migrateJobs(database, log);
  await ensureMonths(database);
  return done;
}

/** Partitions of the last, this and the next two months; a server that runs for months makes the coming ones in time. */
async function ensureMonths(database: Database): Promise<void> {
  await database.query(`select ensure_partitions(now() - interval '1 month', 4)`);
}

export async function serve(options: ServeOptions): Promise<Served> {
  const { config } = options;
  const ready: { handlers?: Handlers } = {};
  const web = await listenAll(config, () => ready.handlers);
  let database: Database | undefined;
  let release: () => void = () => undefined;
  try {
    database =
      options.database ??
      (await openDatabase({ dataDir: config.dataDir, ...(config.databaseUrl && { url: config.databaseUrl }) }));
    // Before anything is changed: the numbers of a server that runs here must stay its own.
    if (database.embedded) release = await claimData(database, config.dataDir);
    const served = await compose(options, web, { database, release });
    ready.handlers = served.handlers;
    return served;
  } catch (error) {
    release();
    await web.close();
    if (options.database === undefined) await database?.close({ stopServer: !isRunningElsewhere(error) });
    throw error;
  }
}

/** Both ports as one; the address is that of the first. */
async function listenAll({ host, port, webhookPort }: Config, handlers: () => Handlers | undefined): Promise<Listening> {
  const web = await listen({ host, port }, handlers);
  if (webhookPort === undefined) return web;
  try {
    const webhooks = await listenForWebhooks({ host, port: webhookPort }, handlers);
    return { url: web.url, close: async () => void (await Promise.all([web.close(), webhooks.close()])) };
  } catch (error) {
    await web.close();
    throw error;
  }
}

/** The database, and how its data folder is given up again. */
interface Place {
  database: Database;
  release: () => void;
}

type Composed = Served & { handlers: Handlers };

async function compose(options: ServeOptions, web: Listening, place: Place): Promise<Composed> {
  const { config, log } = options;
  const { database } = place;
  const publicUrl = config.publicUrl ?? web.url;
  await prepareDatabase(database, log);
  const packs = await openPackBook(database, log);
  const demo = config.databaseUrl === undefined;
  const demos = demo ? await readDemos(config, { publicUrl, pack: options.pack }) : [];
  const graphUrl = config.graphUrl ?? (demo ? `${web.url}/simulator/graph` : 'https://graph.facebook.com');
  const officers = await furnish({ database, packs, graphUrl }, demos, config);
  const numbers = demos.map(({ number }) => number);
  const channels = await openChannelBook(database, Date.now);
  const simulator = demo && config.graphUrl === undefined ? simulate(options, web.url, { numbers, channels, packs }) : undefined;
  const now = simulator?.now ?? Date.now;
  const watch = await watchServer({ config, database, channels });
  const files = { ...createFileStore(config.dataDir), ...openScanner(config.scanner) };
  const names = await openOrganizationNames(database);
  const providers = openProviders({ config, database, names, log, now, meter: watch.provider });
  const systems = openSystems({ config, names, simulatorUrl: demo ? web.url : undefined });
  const deps: RuntimeDeps = {
    ...{ role: config.role, database, channels, packs, understand: packs.understand, named: namedIn, files },
    ...{ adapters: channelAdapters, step, log, now, settings: settingsOf(config), systems },
    meter: watch.meter,
    ...providersIn(options.providers ?? providers.desk),
    ...(options.outside && { outside: options.outside }),
  };
  const runtime = await startRuntime(deps);
  const mostBytes = config.spoolMb * 1024 * 1024;
  const intake = await openIntake({ dataDir: config.dataDir, mostBytes, adapters: channelAdapters, runtime, log });
  watch.started({ runtime, intake });
  const house = keepHouse({ config, log, now, database, channels, packs, watch, names, systems, files });
  const { close: closePrograms, ...programs } = await openPrograms({
    ...{ showRead: runtime.showRead, config, files, database, channels, packs, names, log, now, publicUrl, demo, graphUrl },
  });
  const routes = createRoutes({
    ...{ readiness: watch.readiness, metrics: watch.metrics },
    verifier: { publishTrust: () => publishTrust(database, new Date(now())), now },
    ...programs,
    ...(simulator && { simulator }),
  });
  return {
    url: web.url,
    database,
    runtime,
    ...{ simulator, officers, setUp: await setUpLink(database, publicUrl, programs.api.setUpSecret) },
    tend: house.tend,
    handlers: {
      ...(config.role !== 'worker' && { webhook: { adapters: channelAdapters, channels, intake, log } }),
      routes,
      answered: watch.answered,
    },
    close: async () => {
      watch.stopping();
      const { close: stopSimulator } = simulator ?? {};
      for (const shut of [house.stop, stopSimulator, web.close, intake.close, closePrograms, runtime.stop, providers.close])
        await shut?.();
      place.release();
      if (options.database === undefined) await database.close();
    },
  };
}

/** The organizations of the demo and who may sign in there. */
async function furnish(house: DemoHouse, demos: readonly Demo[], { dataDir }: Config): Promise<DemoOfficers | undefined> {
  await Promise.all(demos.map((one) => furnishDemo(house, one)));
  return demos.length === 0 ? undefined : furnishOfficers(house.database, demos, await readDemoSecret(dataDir));
}

function settingsOf({ inDoubtMs, requestMs, fileMb }: Config): RuntimeDeps['settings'] {
  return { ...DEFAULT_SETTINGS, inDoubtMs, requestMs, fileBytes: fileMb * 1_000_000 };
}

/** The runtime takes no desk rather than an undefined one. */
function providersIn(desk: ProviderDesk | undefined): Pick<RuntimeDeps, 'providers'> {
  return desk === undefined ? {} : { providers: desk };
}

function simulate(
  options: ServeOptions,
  publicUrl: string,
  { numbers, channels, packs }: { numbers: SimulatedNumber[]; channels: ChannelBook; packs: PublishingPackBook },
): Simulator {
  const templatesOf = ({ numberId }: SimulatedNumber) => {
    const channel = channels.byAccount('whatsapp', numberId);
    return templatesForReview(channel && packs.current(channel.organizationId, channel.pack)?.pack);
  };
  return createSimulator({
    seed: 1,
    numbers: numbers.map((number) => ({ ...number, templates: templatesOf(number) })),
    citizens: demoCitizens,
    phoneDir: PHONE_DIR,
    publicUrl,
    ...options.simulator,
  });
}

interface Refreshed {
  channels: ChannelBook;
  packs: PublishingPackBook;
  watch: ServerWatch;
  names: OrganizationNames;
}

interface Kept extends Refreshed {
  config: Config;
  log: Log;
  now: () => number;
  database: Database;
  systems: SystemBook;
  files: FileStore;
}

/** What is done by itself as long as the server runs; a process that only takes webhooks leaves most of it to the others. */
function keepHouse(kept: Kept): { tend: () => Promise<void>; stop: () => Promise<void> } {
  const { config, log, now, database, channels, packs, watch, names, systems, files } = kept;
  const tidy = async () => {
    await ensureMonths(database);
    if (config.role !== 'web') await expireVoice({ database, files, log, days: config.voiceKeepDays, now: now() });
  };
  const tending = createTending({ database, channels, packs, now, systems, files });
  const tend = config.role === 'web' ? async () => undefined : tending.look;
  const stopLoops = startLoops({ channels, packs, watch, names }, { log, tidy, tend });
  return {
    tend,
    stop: async () => {
      stopLoops();
      await tending.stop();
    },
  };
}

/** What is done again and again: what commands have changed meanwhile (a number, a pack) is taken over, and the house is kept tidy. */
function startLoops(
  parts: Refreshed,
  { log, tidy, tend }: { log: Log; tidy: () => Promise<void>; tend: () => Promise<void> },
): () => void {
  const { channels, packs, watch, names } = parts;
  const refresh = async () => {
    await Promise.all([channels.reload(), packs.refresh(), watch.refresh(), names.refresh()]);
  };
  const warn = (error: unknown) => log('warn', 'refresh_failed', { detail: String(error) });
  const refreshing = setInterval(() => void refresh().catch(warn), REFRESH_MS);
  void tend().catch(warn);
  const tending = setInterval(() => void tend().catch(warn), REFRESH_MS);
  const tidying = setInterval(() => void tidy().catch(warn), TIDY_MS);
  return () => {
    clearInterval(refreshing);
    clearInterval(tending);
    clearInterval(tidying);
  };
}

function isRunningElsewhere(error: unknown): boolean {
  return error instanceof HazirError && error.code === 'server:running';
}
