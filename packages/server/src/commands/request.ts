import { HazirError } from '@hazir/core';
import { changeStatus, listServiceRequests, type OfficerEvent, organizationsWithReference } from '@hazir/services';
import { freshId } from '@hazir/store';
import type { Command } from 'commander';
import { tellCitizen } from '../setup/tell-citizen.ts';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

const LISTED = 100;
const ACTS: readonly { name: string; event: OfficerEvent; summary: string }[] = [
  { name: 'start', event: 'work_started', summary: 'work on a request has begun' },
  { name: 'hold', event: 'put_on_hold', summary: 'a request waits for something' },
  { name: 'close', event: 'service_request_closed', summary: 'a request is done; the citizen may reopen it for some time' },
];

export function addRequestCommand(program: Command): void {
  const request = program.command('request').description('service requests, as an officer; the citizen is told of every change');
  request
    .command('list')
    .description('show the requests, the ones that are due first')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => list(options.json === true));
  for (const { name, event, summary } of ACTS) {
    request
      .command(`${name} <reference>`)
      .description(summary)
      .option('--note <text>', 'what the citizen reads about it')
      .action((reference: string, options: { note?: string }) => act({ reference, event, ...options }));
  }
}

async function list(json: boolean): Promise<void> {
  const requests = await withDatabase((database) => listServiceRequests(database, LISTED));
  if (json) printJson(requests);
  else if (requests.length === 0) print('No request yet.');
  else {
    const rows = requests.map(({ reference, status, serviceCode, area, expectedAt }) => [
      reference,
      status,
      serviceCode,
      area ?? '',
      expectedAt?.toISOString() ?? '',
    ]);
    printTable([['reference', 'status', 'category', 'area', 'expected'], ...rows]);
  }
}

async function act(what: { reference: string; event: OfficerEvent; note?: string }): Promise<void> {
  const changed = await withDatabase(async (database) => {
    const reference = what.reference.toUpperCase();
    const [organizationId] = await organizationsWithReference(database, reference);
    if (organizationId === undefined)
      throw new HazirError('usage:request', `No request has the reference ${reference}.`, { hint: 'See: hazir request list' });
    const now = new Date();
    const change = { ...what, organizationId, reference, actor: 'command-line', now, newId: () => freshId(now.getTime()) };
    const result = await database.transaction(async (tx) => {
      const changed = await changeStatus(tx, change);
      if (changed.ok) await tellCitizen(tx, { organizationId, changed: changed.value, now: now.getTime() });
      return changed;
    });
    if (!result.ok) throw new HazirError('usage:request', result.error.message, { hint: 'See: hazir request list' });
    return result.value;
  });
  print(`${changed.reference} is now ${changed.status}.`);
}
