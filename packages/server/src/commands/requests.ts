import { HazirError } from '@hazir/core';
import {
  type Acting,
  type Attachment,
  findByReference,
  listAttachments,
  listEvents,
  listRequests,
  mergeRequests,
  moveRequest,
  organizationsWithReference,
  type RequestDesk,
  type RequestRow,
  transferRequest,
} from '@hazir/services';
import { type Database, freshId, type Tx } from '@hazir/store';
import type { Command } from 'commander';
import { readRequestDesk } from '../setup/request-desks.ts';
import { organizationId } from './organization-id.ts';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

const LISTED = 100;
const EVENTS_SHOWN = 200;
const SEE = 'See: hazir requests list';

interface Acted {
  note?: string;
  post?: string;
  expect?: string;
}

/** A citizen and whoever else is to know is told by the server, within seconds. */
export function addRequestsCommand(program: Command): void {
  const requests = program.command('requests').description('service requests, as an officer; whoever is to hear of it is told');
  requests
    .command('list')
    .description('show the requests of an organization, the ones that are due first')
    .requiredOption('--organization <slug>', 'short name of the organization')
    .option('--department <code>', 'of this department')
    .option('--area <code>', 'in this area')
    .option('--category <code>', 'of this category')
    .option('--state <code>', 'in this state, also a closed one')
    .option('--json', 'print as JSON')
    .action(list);
  requests
    .command('show <reference>')
    .description('show a request and what happened to it')
    .option('--json', 'print as JSON')
    .action(show);
  acting(requests.command('move <reference> <move>').description('make a move of its life cycle: start, hold, close ...'))
    .option('--reason <code>', 'reason of the move')
    .action(move);
  acting(requests.command('transfer <reference>').description('hand it to whom it belongs; the clock goes on'))
    .option('--category <code>', 'it is about this')
    .option('--department <code>', 'this department answers for it')
    .option('--area <code>', 'it lies there')
    .option('--to-post <code>', 'this post answers for it')
    .action(transfer);
  acting(requests.command('merge <reference> <into>').description('join it with another; its citizens hear of that one')).action(
    merge,
  );
}

function acting(command: Command): Command {
  return command
    .option('--note <text>', 'what the citizen reads about it')
    .option('--post <code>', 'as the officer on this post; else as whoever runs Hazir')
    .option('--expect <version>', 'only while the request has this version');
}

interface ListOptions {
  organization: string;
  department?: string;
  area?: string;
  category?: string;
  state?: string;
  json?: boolean;
}

async function list({ organization, state, json, ...filter }: ListOptions): Promise<void> {
  const rows = await withDatabase(async (database) => {
    const ofState = state === undefined ? {} : { statuses: [state], kinds: await kindsOf(database, organization, state) };
    return listRequests(database, {
      ...{ organizationId: await organizationId(database, organization), limit: LISTED },
      ...filter,
      ...ofState,
    });
  });
  if (json === true) return printJson(rows.map(shown));
  if (rows.length === 0) return print('No such request.');
  const table = rows.map((row) => [
    ...[row.reference, row.status, row.service_code, row.area ?? '', row.department ?? '', row.post ?? ''],
    ...[row.due_at?.toISOString() ?? '', row.escalation_level === 0 ? '' : String(row.escalation_level)],
  ]);
  printTable([['reference', 'state', 'category', 'area', 'department', 'post', 'due', 'level'], ...table]);
}

/** Closed requests are listed only where they are asked for. */
async function kindsOf(database: Database, organization: string, state: string): Promise<RequestRow['kind'][]> {
  const desk = await readRequestDesk(database, await organizationId(database, organization));
  const kinds = [...desk.lifeCycles.values()].flatMap((cycle) => cycle.states.get(state)?.kind ?? []);
  if (kinds.length > 0) return kinds;
  throw new HazirError('usage:request', `There is no state "${state}".`, { hint: SEE });
}

async function show(reference: string, { json }: { json?: boolean }): Promise<void> {
  const { row, events, attachments } = await withDatabase(async (database) => {
    const found = await findRequest(database, reference);
    const files = await listAttachments(database, found);
    return { row: found, attachments: files, events: await listEvents(database, { ...keyOf(found) }, EVENTS_SHOWN) };
  });
  if (json === true) return printJson({ ...shown(row), attachments, events: events.map(({ id: _, ...event }) => event) });
  print(
    `${row.reference}  ${row.status}  ${row.service_code}  ${row.area ?? ''}  ${row.department ?? ''}  version ${row.version}`,
  );
  printTable(
    events.map((event) => [
      event.happened_at.toISOString(),
      event.move ?? event.type,
      event.state ?? '',
      event.post ?? event.actor,
    ]),
  );
  printTable(attachments.map(attachmentLine));
}

function attachmentLine({ messageId, mimeType, error, takenAt, metres, alsoWith }: Attachment): string[] {
  return [
    ...[messageId, mimeType ?? error ?? 'not fetched yet'],
    takenAt === null ? 'no time' : `taken ${takenAt.toISOString()}`,
    metres === null ? 'no place' : `${metres} m away`,
    alsoWith.length === 0 ? '' : `the same with ${alsoWith.join(', ')}`,
  ];
}

function move(reference: string, code: string, { reason, ...options }: Acted & { reason?: string }): Promise<void> {
  return act(reference, options, (tx, desk, given) => moveRequest(tx, desk, { ...given, move: code, reason }));
}

type TransferOptions = Acted & { category?: string; department?: string; area?: string; toPost?: string };

function transfer(reference: string, { category, department, area, toPost, ...options }: TransferOptions): Promise<void> {
  const to = { category, department, area, post: toPost };
  return act(reference, options, (tx, desk, given) => transferRequest(tx, desk, { ...given, to }));
}

function merge(reference: string, into: string, options: Acted): Promise<void> {
  return act(reference, options, (tx, desk, given) => mergeRequests(tx, desk, { ...given, into: into.toUpperCase() }));
}

type Act = (
  tx: Tx,
  desk: RequestDesk,
  given: Acting & { reference: string; note: string | undefined; expectedVersion: number | undefined },
) => ReturnType<typeof moveRequest>;

async function act(typed: string, { note, post, expect }: Acted, perform: Act): Promise<void> {
  const row = await withDatabase(async (database) => {
    const { organization_id, reference } = await findRequest(database, typed);
    const desk = await readRequestDesk(database, organization_id);
    const now = new Date();
    const actor =
      post === undefined ? { as: 'system' as const, id: 'command-line' } : { as: 'officer' as const, id: 'command-line', post };
    const given = { organizationId: organization_id, reference, note, actor, now, newId: () => freshId(now.getTime()) };
    const expectedVersion = expect === undefined ? undefined : Number(expect);
    const result = await database.transaction((tx) => perform(tx, desk, { ...given, expectedVersion }));
    if (!result.ok) throw new HazirError(result.error.code, result.error.message, { hint: SEE });
    return result.value;
  });
  print(`${row.reference} is now ${row.status}, with ${row.post ?? row.department ?? 'nobody'}; version ${row.version}.`);
}

async function findRequest(database: Database, typed: string): Promise<RequestRow> {
  const reference = typed.toUpperCase();
  const [organization] = await organizationsWithReference(database, reference);
  const row = organization === undefined ? undefined : await findByReference(database, organization, { reference });
  if (row === undefined) throw new HazirError('usage:request', `No request has the reference ${reference}.`, { hint: SEE });
  return row;
}

function keyOf({ organization_id: organizationId, contact_id: contactId, id }: RequestRow) {
  return { organizationId, contactId, id };
}

/** Without who asked, and without their words. */
function shown({ contact_id: _, id: __, channel_id: ___, description: ____, language: _____, ...row }: RequestRow) {
  return row;
}
