import { HazirError } from '@hazir/core';
import { INBOX_SIGNAL, startEntry } from '@hazir/runtime';
import {
  changeStatus,
  listServiceRequests,
  type OfficerEvent,
  organizationsWithReference,
  type StatusChanged,
} from '@hazir/services';
import { freshId, ingest, listChannels, newestVersions, readPackVersion, type Tx } from '@hazir/store';
import type { Command } from 'commander';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

const LISTED = 100;
/** A pack that has this flow tells the citizen of every change; its inputs are reference, status and note. */
const UPDATE_FLOW = 'request-update';

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
      if (changed.ok) await tell(tx, organizationId, changed.value);
      return changed;
    });
    if (!result.ok) throw new HazirError('usage:request', result.error.message, { hint: 'See: hazir request list' });
    return result.value;
  });
  print(`${changed.reference} is now ${changed.status}.`);
}

/** Opens the pack's update flow for the citizen, through the inbox like everything that happens to a conversation. */
async function tell(tx: Tx, organizationId: number, changed: StatusChanged): Promise<void> {
  const channel = (await listChannels(tx)).find((one) => one.id === changed.channelId);
  const newest = (await newestVersions(tx)).find((one) => one.organizationId === organizationId && one.pack === channel?.pack);
  const pack = newest && (await readPackVersion(tx, newest));
  if (channel === undefined || pack?.files[`flows/${UPDATE_FLOW}.yaml`] === undefined) return;
  const key = { organizationId, contactId: changed.contactId, channelId: channel.id };
  const values = { reference: changed.reference, status: changed.status, note: changed.note ?? '' };
  await ingest(tx, [startEntry(key, { flow: UPDATE_FLOW, values }, Date.now())]);
  await tx.query(`notify ${INBOX_SIGNAL}`);
}
