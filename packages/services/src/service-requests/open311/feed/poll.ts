/** Reads what departments have done with the requests that they were given, and passes it on as updates, each once; before, they hear what citizens did. */
import { clip } from '@hazir/core';
import type { Database, Tx } from '@hazir/store';
import { applyUpdate, type ForeignUpdate, kindOf } from '../apply-update.ts';
import { around, getCall, recordsIn, type Told } from './calls.ts';
import type { Feeding } from './send.ts';
import { type Department, tellDepartment } from './tell.ts';

const AT_ONCE = 50;
const MOST_ASKED = 500;
const MOST_NOTE = 1_000;
const MINUTE_MS = 60_000;

/** Asks every department whose turn it is. */
export async function pollDepartments(database: Database, feeding: Feeding): Promise<void> {
  const turns = [...feeding.desks].flatMap(([organizationId, desk]) =>
    desk.settings.forward.map((forward) => pollOne(database, feeding, { organizationId, desk, forward })),
  );
  await Promise.all(turns);
}

async function pollOne(database: Database, feeding: Feeding, department: Department): Promise<void> {
  const knownUntil = await takeTurn(database, department, feeding.now);
  if (knownUntil === undefined) return;
  const told = await exchange(database, feeding, { department, knownUntil });
  for (const update of told ?? []) await passOn(database, department, { update, now: feeding.now });
  if (told === undefined) return;
  await database.query('update open311_polls set known_until = $3 where organization_id = $1 and system = $2', [
    ...[department.organizationId, department.forward.system, feeding.now],
  ]);
}

/** Undefined when the server did not answer. */
async function exchange(
  database: Database,
  feeding: Feeding,
  { department, knownUntil }: { department: Department; knownUntil: Date },
): Promise<Update[] | undefined> {
  if (department.forward.updates === 'requests') return readRequests(database, feeding, department);
  const heard = await tellDepartment(database, feeding.ask, { department, range: { from: knownUntil, to: feeding.now } });
  return heard ? readUpdates(feeding, department, knownUntil) : undefined;
}

/** Until when updates are known; undefined when it is not yet time again. */
async function takeTurn(tx: Tx, { organizationId, forward }: Department, now: Date): Promise<Date | undefined> {
  const next = new Date(now.getTime() + forward.everyMinutes * MINUTE_MS);
  const { rows } = await tx.query<{ knownUntil: Date }>(
    `insert into open311_polls as p (organization_id, system, known_until, due_at) values ($1, $2, $3, $4)
     on conflict (organization_id, system) do update set due_at = $4 where p.due_at <= $3 returning p.known_until as "knownUntil"`,
    [organizationId, forward.system, now, next],
  );
  return rows[0]?.knownUntil;
}

interface Update {
  foreignId: string;
  updateId: string;
  status: string;
  note: string | undefined;
}

/** The requests themselves; a change is known by the time of the last one. Undefined when a server did not answer. */
async function readRequests(tx: Tx, { ask }: Feeding, department: Department): Promise<Update[] | undefined> {
  const ids = await openThere(tx, department);
  const updates: Update[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const query = { service_request_id: ids.slice(from, from + AT_ONCE).join(',') };
    const { result } = await ask(getCall(department.forward, 'requests.xml', query), department.organizationId);
    const records = recordsIn(result);
    if (records === undefined) return undefined;
    updates.push(...records.flatMap(fromRequest));
  }
  return updates;
}

async function readUpdates({ ask, now }: Feeding, department: Department, knownUntil: Date): Promise<Update[] | undefined> {
  const { result } = await ask(
    getCall(department.forward, 'servicerequestupdates.xml', around(knownUntil, now)),
    department.organizationId,
  );
  return recordsIn(result)?.flatMap(({ update_id, service_request_id, status = '', description }) =>
    update_id === undefined || service_request_id === undefined
      ? []
      : [{ foreignId: service_request_id, updateId: update_id, status, note: description }],
  );
}

function fromRequest({ service_request_id, status = '', status_notes, updated_datetime = '' }: Told): Update[] {
  if (service_request_id === undefined) return [];
  return [{ foreignId: service_request_id, updateId: `${status} ${updated_datetime}`, status, note: status_notes }];
}

async function openThere(tx: Tx, { organizationId, forward }: Department): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select f.foreign_id as id from open311_forwards f join service_requests r
        on r.organization_id = f.organization_id and r.contact_id = f.contact_id and r.id = f.request_id
      where f.organization_id = $1 and f.system = $2 and f.foreign_id is not null and r.closed_at is null
      order by r.updated_at limit ${MOST_ASKED}`,
    [organizationId, forward.system],
  );
  return rows.map(({ id }) => id);
}

/** What says nothing new (open, without words) is left out. */
async function passOn(
  database: Database,
  { organizationId, desk, forward }: Department,
  { update, now }: { update: Update; now: Date },
): Promise<void> {
  const kind = kindOf(update.status);
  const note = update.note === undefined ? undefined : clip(update.note, MOST_NOTE);
  if (note === undefined && (kind === undefined || kind === 'open')) return;
  for (const reference of await referencesOf(database, { organizationId, system: forward.system, foreignId: update.foreignId })) {
    const given: ForeignUpdate = {
      ...{
        organizationId,
        reference,
        source: `open311:${forward.system}`,
        updateId: update.updateId.slice(0, 200),
        kind,
        note,
        now,
      },
    };
    await database.transaction((tx) => applyUpdate(tx, desk, given));
  }
}

/** A department may have joined several of ours under one id of its own. */
async function referencesOf(
  tx: Tx,
  { organizationId, system, foreignId }: { organizationId: number; system: string; foreignId: string },
): Promise<string[]> {
  const { rows } = await tx.query<{ reference: string }>(
    `select r.reference from open311_forwards f join service_requests r
        on r.organization_id = f.organization_id and r.contact_id = f.contact_id and r.id = f.request_id
      where f.organization_id = $1 and f.system = $2 and f.foreign_id = $3`,
    [organizationId, system, foreignId],
  );
  return rows.map(({ reference }) => reference);
}
