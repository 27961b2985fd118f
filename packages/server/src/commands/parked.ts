import { userInfo } from 'node:os';
import { HazirError } from '@hazir/core';
import { LOOK_SIGNAL } from '@hazir/runtime';
import {
  countParked,
  type Database,
  dropParked,
  listParked,
  type ParkedFilter,
  type ParkedKey,
  type ParkedRecord,
  type Retried,
  retryParked,
} from '@hazir/store';
import { type Command, InvalidArgumentError } from 'commander';
import { confirm } from './confirm.ts';
import { maskDetail, maskPayload, revealPayload } from './mask.ts';
import { print, printJson, printTable } from './output.ts';
import { parseSince, span } from './since.ts';
import { withDatabase } from './with-database.ts';

const LISTED = 200;
const AT_ONCE = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Filters {
  organization?: string;
  direction?: 'inbound' | 'outbound';
  reason?: string;
  since?: string;
  json?: boolean;
}

interface Choice extends Filters {
  all?: boolean;
  yes?: boolean;
}

export function addParkedCommand(program: Command): void {
  const parked = program.command('parked').description('messages that were set aside after their attempts, with the reason');
  withFilters(parked.command('list').description('show what is parked, the oldest first'))
    .option('--json', 'print as JSON')
    .action(list);
  parked
    .command('show <id>')
    .description('show one with its reason and payload; phone numbers and texts are masked')
    .option('--reveal', 'with phone numbers and texts; what you see is personal data')
    .option('--json', 'print as JSON')
    .action(show);
  withFilters(parked.command('retry [ids...]').description('put messages back into their queue; doing it twice does it once'))
    .option('--all', 'all that the filters leave')
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action(retry);
  withFilters(parked.command('drop [ids...]').description('give messages up for good; who did so and when is kept'))
    .option('--all', 'all that the filters leave')
    .option('--yes', 'do not ask')
    .option('--json', 'print as JSON')
    .action(drop);
}

function withFilters(command: Command): Command {
  return command
    .option('--organization <slug>', 'of one organization')
    .option('--direction <direction>', 'only "inbound" or only "outbound"', readDirection)
    .option('--reason <reason>', 'whose reason begins so, for example send:')
    .option('--since <time>', 'parked since then: 90m, 24h, 2d, or a date');
}

function readDirection(text: string): 'inbound' | 'outbound' {
  if (text === 'inbound' || text === 'outbound') return text;
  throw new InvalidArgumentError('It is inbound or outbound.');
}

async function list(options: Filters): Promise<void> {
  const filter = filterOf(options);
  const { found, total } = await withDatabase(async (database) => ({
    found: await listParked(database, filter, LISTED),
    total: await countParked(database, filter),
  }));
  if (options.json) return printJson(found.map(present));
  if (total === 0) return print('Nothing is parked.');
  const now = Date.now();
  printTable([
    ['id', 'organization', 'direction', 'parked', 'reason', 'detail'],
    ...found.map((one) => [
      ...[one.id, one.organization, one.direction, `${span(now - one.parkedAt.getTime())} ago`, one.reason],
      maskDetail(one.detail.split('\n')[0] ?? '').slice(0, 80),
    ]),
  ]);
  if (total > found.length) print(`... and ${total - found.length} more.`);
}

async function show(id: string, options: { reveal?: boolean; json?: boolean }): Promise<void> {
  const [found] = await withDatabase((database) => listParked(database, filterOf({}, [id]), 1));
  if (found === undefined) throw notParked(id);
  const payload: unknown = options.reveal ? revealPayload(found.payload) : maskPayload(found.payload);
  const shown = { ...present(found), detail: options.reveal ? found.detail : maskDetail(found.detail), payload };
  if (options.json) return printJson(shown);
  for (const [name, value] of Object.entries(shown))
    print(`${name.padEnd(13)}${typeof value === 'string' || value === null ? (value ?? '-') : JSON.stringify(value, null, 2)}`);
  print(`\nTry again: hazir parked retry ${id}`);
  if (found.direction === 'outbound') print('If its fate was unknown ("in doubt"), the citizen may then read it twice.');
}

async function retry(ids: string[], options: Choice): Promise<void> {
  const by = operator();
  await decide(ids, options, {
    question: (count) => `Try ${count} again?`,
    act: async (database, keys) => {
      const done = await database.transaction(async (tx) => {
        const retried = await retryParked(tx, keys, by);
        if (retried.inboxes.length > 0) await tx.query('select pg_notify($1, $2)', [LOOK_SIGNAL, retried.inboxes.join(',')]);
        return retried;
      });
      return { retried: done.retried, alreadySent: done.alreadySent } satisfies Omit<Retried, 'inboxes'>;
    },
    report: ({ retried = 0, alreadySent = 0 }) => {
      const known = alreadySent === 0 ? '' : ` ${alreadySent} had reached the provider after all and left the list.`;
      return `${messages(retried)} back in the queue; a running server takes them within a minute.${known}`;
    },
  });
}

async function drop(ids: string[], options: Choice): Promise<void> {
  const by = operator();
  await decide(ids, options, {
    question: (count) => `Give ${count} up for good?`,
    act: async (database, keys) => ({ dropped: await dropParked(database, keys, by) }),
    report: ({ dropped = 0 }) => `${messages(dropped)} dropped; the decision is kept in parked_decisions.`,
  });
}

interface Decision {
  question: (count: string) => string;
  act: (database: Database, keys: readonly ParkedKey[]) => Promise<Record<string, number>>;
  report: (sums: Record<string, number>) => string;
}

/** Chooses, asks, and acts in steps of AT_ONCE, each a transaction of its own. */
async function decide(ids: string[], options: Choice, decision: Decision): Promise<void> {
  if ((ids.length === 0) === (options.all !== true))
    throw new HazirError('usage:parked', 'Name the messages, or say --all.', { hint: 'See: hazir parked list' });
  const filter = filterOf(options, options.all ? undefined : ids);
  await withDatabase(async (database) => {
    const count = await countParked(database, filter);
    if (count === 0 && !options.all) throw notParked(ids.join(', '));
    const sums: Record<string, number> = {};
    if (count > 0 && !(await confirm(decision.question(messages(count)), options))) return print('Nothing was done.');
    for (let left = count; left > 0; left -= AT_ONCE) {
      const keys = await listParked(database, filter, AT_ONCE);
      for (const [name, number] of Object.entries(await decision.act(database, keys))) sums[name] = (sums[name] ?? 0) + number;
    }
    if (options.json) printJson(sums);
    else print(count === 0 ? 'Nothing is parked.' : decision.report(sums));
  });
}

function filterOf(options: Filters, ids?: readonly string[]): ParkedFilter {
  const bad = ids?.find((id) => !UUID.test(id));
  if (bad !== undefined) throw notParked(bad);
  const { organization, direction, reason, since } = options;
  return {
    ...(organization !== undefined && { organization }),
    ...(direction !== undefined && { direction }),
    ...(reason !== undefined && { reason }),
    ...(since !== undefined && { since: parseSince(since, Date.now()) }),
    ...(ids !== undefined && { ids }),
  };
}

function present(one: ParkedRecord) {
  const { id, organization, channelId, direction, reason, parkedAt } = one;
  return { id, organization, channelId, direction, reason, parkedAt: parkedAt.toISOString(), detail: maskDetail(one.detail) };
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}

function notParked(id: string): HazirError {
  return new HazirError('usage:parked', `No parked message has the id ${id}.`, { hint: 'See: hazir parked list' });
}

/** Who acts: the account, or the one who became root for it. */
function operator(): string {
  return process.env.SUDO_USER ?? userInfo().username;
}
