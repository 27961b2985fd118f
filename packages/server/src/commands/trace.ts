import { HazirError } from '@hazir/core';
import {
  type Channel,
  type Database,
  type Found,
  findByExternalId,
  findById,
  lifeOf,
  listChannels,
  readBacklog,
  type TracedLife,
} from '@hazir/store';
import type { Command } from 'commander';
import { print, printJson } from './output.ts';
import { parseSince, span } from './since.ts';
import { showStuck } from './trace-stuck.ts';
import { type Moment, timelineOf } from './trace-timeline.ts';
import { withDatabase } from './with-database.ts';

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Ours, or the tracker that WhatsApp returns in a status: contact and message. */
const OURS = new RegExp(`^(?:${ID}\\.)?(${ID})$`, 'i');

export interface TraceOptions {
  since: string;
  stuck?: boolean;
  reveal?: boolean;
  json?: boolean;
}

export function addTraceCommand(program: Command): void {
  program
    .command('trace [id]')
    .description(
      "print the life of a message, from webhook to read status; the id is WhatsApp's (wamid...), one of ours, or a parked one",
    )
    .option('--stuck', 'instead: what is stuck now, the oldest first')
    .option('--since <time>', 'how far back to look for an id of WhatsApp: 90m, 24h, 2d, or a date', '2d')
    .option('--reveal', 'with texts and ids of WhatsApp, which hold phone numbers')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nAn id of ours is found at once. For an id of WhatsApp the log since --since is read, about a second for each million messages; ask for less with --since 1h.',
    )
    .action(trace);
}

async function trace(id: string | undefined, options: TraceOptions): Promise<void> {
  if (options.stuck) return showStuck(options);
  if (id === undefined) throw new HazirError('usage:trace', 'Which message?', { hint: 'Give an id, or say --stuck.' });
  const since = parseSince(options.since, Date.now());
  const traced = await withDatabase((database) => follow(database, id, since));
  if (traced.lives.length === 0) {
    throw new HazirError('usage:trace', `No message since ${since.toISOString()} has this id.`, {
      hint: 'Look further back with --since 7d; what came while the database was away is in the spool until it is back.',
    });
  }
  const channels = new Map(traced.channels.map((channel) => [channel.id, channel]));
  const context = {
    ...traced,
    channelOf: (number: number) => channels.get(number),
    now: Date.now(),
    reveal: options.reveal === true,
  };
  const shown = traced.lives.map((life) => ({ ...timelineOf(life, context), ...headOf(life, context) }));
  if (options.json) printJson(shown.map(({ channel: _, ...rest }) => rest));
  else for (const one of shown) printLife(one, options.reveal === true);
}

interface Traced {
  lives: TracedLife[];
  channels: Channel[];
  workers: number;
}

async function follow(database: Database, id: string, since: Date): Promise<Traced> {
  const ours = OURS.exec(id)?.[1]?.toLowerCase();
  const found = ours === undefined ? await findByExternalId(database, id, since) : await findById(database, ours);
  const channels = await listChannels(database);
  const { workers } = await readBacklog(database);
  const lives: TracedLife[] = [];
  for (const one of oneEach(found)) lives.push(await lifeOf(database, one));
  return { lives, channels, workers };
}

/** The same message may wait in the inbox and be parked, or be in the log already: the row that knows its contact tells most. */
function oneEach(found: readonly Found[]): Found[] {
  const best = new Map<string, Found>();
  for (const one of found) if (best.get(one.id)?.contactId == null) best.set(one.id, one);
  return [...best.values()];
}

function headOf(life: TracedLife, { channelOf }: { channelOf: (id: number) => Channel | undefined }) {
  const channelId = [...life.messages, ...life.inbox, ...life.parked][0]?.channelId;
  const externalIds = life.messages.flatMap(({ id, externalId }) => (externalId === null ? [] : [{ id, externalId }]));
  return { inputId: life.inputId, channelId, channel: channelId === undefined ? undefined : channelOf(channelId), externalIds };
}

type Shown = ReturnType<typeof timelineOf> & ReturnType<typeof headOf>;

function printLife(life: Shown, reveal: boolean): void {
  const { moments, channel, channelId, verdict, next } = life;
  print(`Number ${channelId ?? '?'}${channel === undefined ? '' : ` (${channel.name}, ${channel.accountId})`}`);
  const start = moments.find(({ at }) => at !== undefined)?.at;
  if (start !== undefined) print(`Times from ${start.toISOString()}`);
  for (const one of moments)
    print(`  ${timeOf(one, start).padStart(14)}  ${one.what.padEnd(18)}${one.id.padEnd(38)}${one.detail}`);
  if (reveal) for (const { id, externalId } of life.externalIds) print(`  ${id} is ${externalId}`);
  print(verdict);
  if (next !== undefined) print(`Next: ${next}`);
}

function timeOf({ at }: Moment, start: Date | undefined): string {
  if (at === undefined || start === undefined) return '';
  const after = at.getTime() - start.getTime();
  return after < 0 ? `-${span(-after)}` : `+${span(after)}`;
}
