import { HazirError } from '@hazir/core';
import { listForwards, listKeys, makeKey, retryForward, revokeKey, SCOPES, type Scope } from '@hazir/services';
import { listOrganizations } from '@hazir/store';
import type { Command } from 'commander';
import { organizationId } from './organization-id.ts';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

const LISTED = 100;

export function addOpen311Command(program: Command): void {
  const open311 = program
    .command('open311')
    .description('Open311: keys of clients, and requests that go to departments with a server of their own');
  open311
    .command('keys')
    .description('show the keys, without what a client sends')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => list(options.json === true));
  open311
    .command('make-key <organization>')
    .description('make a key for a client; it is shown once')
    .requiredOption('--name <text>', 'whose it is')
    .option('--scopes <list>', 'with commas: requests, updates, details; read, act for officers', 'requests')
    .option('--post <code>', "whoever uses it acts on this post; of the officers' API")
    .option('--per-minute <number>', 'calls in a minute', '60')
    .action(make);
  open311
    .command('revoke-key <id>')
    .description('take a key back; the next call with it is refused')
    .action(async (id: string) => {
      await withDatabase((database) => revokeKey(database, id, new Date()));
      print(`The key ${id} is revoked.`);
    });
  open311
    .command('forwards')
    .description("show the requests that go to departments' servers, the ones that are not there yet first")
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => forwards(options.json === true));
  open311
    .command('retry <reference>')
    .description('try again to send a request that was given up; it is looked for there first')
    .action(async (reference: string) => {
      await withDatabase((database) => retryForward(database, reference.toUpperCase(), new Date()));
      print(`${reference.toUpperCase()} is tried again within seconds.`);
    });
}

async function forwards(json: boolean): Promise<void> {
  const listed = await withDatabase((database) => listForwards(database, LISTED));
  if (json) return printJson(listed);
  if (listed.length === 0) return print('No request goes to another server.');
  const rows = listed.map(({ reference, system, state, attempts, foreignId, problem }) => [
    ...[reference, system, state, String(attempts), foreignId ?? '', problem ?? ''],
  ]);
  printTable([['reference', 'system', 'state', 'tries', 'id there', 'problem'], ...rows]);
}

async function list(json: boolean): Promise<void> {
  const keys = await withDatabase(async (database) => {
    const slugs = new Map((await listOrganizations(database)).map(({ id, slug }) => [id, slug]));
    return (await listKeys(database)).map(({ organizationId: of, ...key }) => ({ organization: slugs.get(of) ?? '', ...key }));
  });
  if (json) return printJson(keys);
  if (keys.length === 0) return print('No key yet.');
  const rows = keys.map(({ id, organization, name, scopes, post, perMinute, revokedAt }) => [
    ...[id, organization, name, scopes.join(','), post ?? '', String(perMinute), revokedAt?.toISOString() ?? ''],
  ]);
  printTable([['id', 'organization', 'client', 'scopes', 'post', 'a minute', 'revoked'], ...rows]);
}

async function make(slug: string, options: { name: string; scopes: string; perMinute: string; post?: string }): Promise<void> {
  const scopes = options.scopes.split(',').map(readScope);
  const perMinute = Number(options.perMinute);
  if (!(Number.isInteger(perMinute) && perMinute >= 1 && perMinute <= 100_000))
    throw new HazirError('usage:open311-key', '--per-minute must be a whole number from 1 to 100000.');
  const { id, key } = await withDatabase(async (database) =>
    makeKey(database, {
      organizationId: await organizationId(database, slug),
      name: options.name,
      scopes,
      perMinute,
      post: options.post ?? null,
      now: new Date(),
    }),
  );
  print(`Key ${id} of ${options.name}. It is shown this once:\n${key}`);
}

function readScope(text: string): Scope {
  const scope = SCOPES.find((one) => one === text.trim());
  if (scope !== undefined) return scope;
  throw new HazirError('usage:open311-key', `There is no scope "${text}".`, { hint: `Scopes are ${SCOPES.join(', ')}.` });
}
