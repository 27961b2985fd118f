/**
 * Retention: how long organizations keep messages, which monthly tables are past it, and how their rows leave. A table is taken
 * off its parent with a lock that is waited for a moment only and then given up and asked for again, so that nobody queues behind it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { HazirError } from '@hazir/core';
import { type Database, inTransaction, type Tx } from '../database.ts';

/** Months that an organization's messages are kept where it has said nothing. */
export const KEPT_MONTHS = 12;

export interface RetentionPolicy {
  organizationId: number;
  organization: string;
  months: number;
  /** Null: the default. */
  setBy: string | null;
}

export async function listPolicies(tx: Tx): Promise<RetentionPolicy[]> {
  const { rows } = await tx.query<RetentionPolicy>(
    `select o.id as "organizationId", o.slug as organization, coalesce(p.months, $1) as months, p.set_by as "setBy"
       from organizations o left join archive_policies p on p.organization_id = o.id order by o.slug`,
    [KEPT_MONTHS],
  );
  return rows;
}

/** False when there is no such organization. */
export async function setPolicy(tx: Tx, policy: { organization: string; months: number; by: string }): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into archive_policies (organization_id, months, set_by) select id, $2, $3 from organizations where slug = $1
     on conflict (organization_id) do update set months = excluded.months, set_by = excluded.set_by, set_at = now()`,
    [policy.organization, policy.months, policy.by],
  );
  return rowCount === 1;
}

/** A table that holds rows of one month, or of months that have no table. */
export interface Source {
  /** For example messages_202510, conversation_events_default. */
  name: string;
  parent: 'messages' | 'conversation_events';
  /** Start of the month; undefined: the default partition. */
  month: Date | undefined;
  /** False: taken off by a run that did not come to its end. */
  attached: boolean;
}

export async function listSources(tx: Tx): Promise<Source[]> {
  const { rows } = await tx.query<{ name: string; attached: boolean }>(
    `select c.relname as name, c.relispartition as attached from pg_class c
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname ~ '^(messages|conversation_events)_([0-9]{6}|default)$'
      order by right(c.relname, 6), c.relname`,
  );
  return rows.map(({ name, attached }) => {
    const [, year, month] = /_(\d{4})(\d{2})$/.exec(name) ?? [];
    const parent = name.startsWith('messages') ? 'messages' : 'conversation_events';
    return {
      name,
      parent,
      attached,
      month: year === undefined ? undefined : new Date(Date.UTC(Number(year), Number(month) - 1)),
    };
  });
}

/** Rows by organization, of those with an earlier id than `before`. */
export async function countRows(tx: Tx, source: Source, before: Date | null): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ id: number; count: number }>(
    `select organization_id as id, count(*) from ${source.name} where $1::timestamptz is null or id < uuid_floor($1) group by 1`,
    [before],
  );
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** A row as it is archived. */
export interface ArchivedRow {
  contactId: string;
  id: string;
  /** The row as JSON, one line. */
  line: string;
}

/** The next rows of an organization in the order of their key. */
export async function readRows(
  tx: Tx,
  source: Source,
  from: { organizationId: number; before: Date | null; after: { contactId: string; id: string } | undefined; limit: number },
): Promise<ArchivedRow[]> {
  const { rows } = await tx.query<ArchivedRow>(
    `select contact_id as "contactId", id, row_to_json(t)::text as line from ${source.name} t
      where organization_id = $1 and ($2::timestamptz is null or id < uuid_floor($2))
        and (contact_id, id) > (coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'), coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
      order by contact_id, id limit $5`,
    [from.organizationId, from.before, from.after?.contactId, from.after?.id, from.limit],
  );
  return rows;
}

export async function deleteRows(
  tx: Tx,
  source: Source,
  { organizationId, keys }: { organizationId: number; keys: readonly { contactId: string; id: string }[] },
): Promise<void> {
  await tx.query(
    `delete from ${source.name} t using unnest($2::uuid[], $3::uuid[]) as k (contact_id, id)
      where t.organization_id = $1 and t.contact_id = k.contact_id and t.id = k.id`,
    [organizationId, keys.map((key) => key.contactId), keys.map((key) => key.id)],
  );
}

const LOCK_WAIT_MS = 50;
const LOCK_AGAIN_MS = 250;
const LOCK_TRIES = 2_400;

/** Takes a month's table off its parent; `waiting` is told when a lock is not to be had yet. Throws `archive:locked` after ten minutes. */
export async function detachSource(database: Database, source: Source, waiting: () => void): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await inTransaction(database.pool, async (tx) => {
        await tx.query(`set local lock_timeout = ${LOCK_WAIT_MS}`);
        await tx.query(`alter table ${source.parent} detach partition ${source.name}`);
      });
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === '55P03';
      if (!busy) throw error;
      if (tried === LOCK_TRIES) {
        throw new HazirError('archive:locked', `${source.name} is in use and cannot be taken off.`, {
          hint: 'A long query or a backup is reading the messages; run the archive again when it is over.',
          cause: error,
        });
      }
      waiting();
      await delay(LOCK_AGAIN_MS);
    }
  }
}

export interface Archive {
  organizationId: number;
  organization: string;
  source: string;
  part: number;
  rows: number;
  bytes: number;
  sha256: string;
  path: string;
  exportedAt: Date;
  /** Null: its rows may still be in the database. */
  removedAt: Date | null;
}

export async function listArchives(tx: Tx): Promise<Archive[]> {
  const { rows } = await tx.query<Archive>(
    `select a.organization_id as "organizationId", o.slug as organization, a.source, a.part, a.rows, a.bytes, a.sha256, a.path,
            a.exported_at as "exportedAt", a.removed_at as "removedAt"
       from archives a join organizations o on o.id = a.organization_id order by o.slug, a.source, a.part`,
  );
  return rows;
}

/** Notes a file that was written and verified, before anything of it is deleted. */
export async function saveArchive(tx: Tx, archive: Omit<Archive, 'organization' | 'exportedAt' | 'removedAt'>): Promise<void> {
  const { organizationId, source, part, rows, bytes, sha256, path } = archive;
  await tx.query(
    'insert into archives (organization_id, source, part, rows, bytes, sha256, path) values ($1, $2, $3, $4, $5, $6, $7)',
    [organizationId, source, part, rows, bytes, sha256, path],
  );
}

/** Notes that the rows of a file are gone from the database. */
export async function closeArchive(tx: Tx, { organizationId, source, part }: Archive): Promise<void> {
  await tx.query('update archives set removed_at = now() where organization_id = $1 and source = $2 and part = $3', [
    organizationId,
    source,
    part,
  ]);
}

/** Drops a table that was taken off, if it holds as many rows as were archived of it; throws `archive:changed` when not. */
export async function dropSource(database: Database, source: Source, archives: readonly Archive[]): Promise<void> {
  await inTransaction(database.pool, async (tx) => {
    await tx.query(`lock table ${source.name} in access exclusive mode`);
    const counts = await countRows(tx, source, null);
    for (const [organizationId, rows] of counts) {
      const archived = archives.find((one) => one.organizationId === organizationId)?.rows ?? 0;
      if (rows > archived) {
        throw new HazirError('archive:changed', `${source.name} has ${rows} rows, its archive ${archived}.`, {
          hint: 'Nothing was dropped. Somebody wrote into the table; report this.',
        });
      }
    }
    await tx.query(`drop table ${source.name}`);
    for (const archive of archives) await closeArchive(tx, archive);
  });
}
