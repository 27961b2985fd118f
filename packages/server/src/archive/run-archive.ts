/**
 * Archives what is planned. Each step can be killed and run again: a table is taken off, its rows are written and read back, that is
 * noted, and only then they are deleted, exactly those that stand in the file.
 */
import { join } from 'node:path';
import { HazirError, type Json, textProperty } from '@hazir/core';
import {
  type Archive,
  type ArchivedRow,
  closeArchive,
  type Database,
  deleteRows,
  detachSource,
  dropSource,
  listArchives,
  readRows,
  type Source,
  saveArchive,
} from '@hazir/store';
import { type ArchiveTask, planArchive } from './plan-archive.ts';
import { readArchive, verifyArchive, writeArchive, writeManifest } from './write-archive.ts';

export interface ArchiveRun {
  database: Database;
  /** Where the files go, a folder for each organization. */
  folder: string;
  now: Date;
  /** Told what is under way, for a person who waits. */
  progress: (line: string) => void;
}

const READ_AT_ONCE = 5_000;
const DELETED_AT_ONCE = 1_000;
const LOCK = 'hazir.archive';

/** Throws `archive:running` when another run is under way; returns the files whose rows have left the database. */
export async function runArchive(run: ArchiveRun): Promise<Archive[]> {
  const client = await run.database.pool.connect();
  try {
    const { rows } = await client.query<{ won: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as won', [LOCK]);
    if (rows[0]?.won !== true) {
      throw new HazirError('archive:running', 'Another archive run is under way on this database.', {
        hint: 'Wait for it, or stop it; it goes on where it was.',
      });
    }
    const before = new Date();
    for (const task of await planArchive(run.database, run.now)) await archiveTask(run, task);
    return (await listArchives(run.database)).filter(({ removedAt }) => removedAt !== null && removedAt >= before);
  } finally {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [LOCK]).catch(() => undefined);
    client.release(true);
  }
}

async function archiveTask(run: ArchiveRun, { source, mode, parts }: ArchiveTask): Promise<void> {
  const { database, progress } = run;
  if (mode === 'drop' && source.attached) {
    await detachSource(database, source, () => progress(`${source.name}: waits until nobody reads it`));
    progress(`${source.name}: taken off`);
  }
  const archives: Archive[] = [];
  for (const part of parts) archives.push(await archivePart(run, source, part));
  if (mode === 'drop') await dropSource(database, source, archives);
  else for (const archive of archives) await deleteArchived(run, source, archive);
  progress(`${source.name}: done`);
}

/** A file of an earlier run whose rows were not all deleted yet is taken up again, else a new one is written. */
async function archivePart(run: ArchiveRun, source: Source, part: ArchiveTask['parts'][number]): Promise<Archive> {
  const { database, folder } = run;
  const known = (await listArchives(database)).filter(
    (one) => one.organizationId === part.organizationId && one.source === source.name,
  );
  const open = known.find(({ removedAt }) => removedAt === null);
  if (open !== undefined) return checkAgain(open);
  const number = known.length + 1;
  const name = number === 1 ? source.name : `${source.name}.${number}`;
  const path = join(folder, part.organization, `${name}.ndjson.gz`);
  const written = await writeArchive(path, rowsOf(run, source, part));
  await writeManifest(join(folder, part.organization, `${name}.json`), {
    ...{ organization: part.organization, table: source.parent, source: source.month?.toISOString().slice(0, 7) ?? source.name },
    ...{ part: number, file: `${name}.ndjson.gz`, format: 'one JSON object a line, gzip', ...written },
    exportedAt: new Date().toISOString(),
  });
  const saved = { organizationId: part.organizationId, source: source.name, part: number, path, ...written };
  await saveArchive(database, saved);
  return { ...saved, organization: part.organization, exportedAt: new Date(), removedAt: null };
}

async function checkAgain(archive: Archive): Promise<Archive> {
  const found = await verifyArchive(archive.path).catch(() => undefined);
  if (found?.sha256 === archive.sha256) return archive;
  throw new HazirError('archive:file', `The file ${archive.path} is missing or damaged, and its rows are not all deleted yet.`, {
    hint: 'Put it back from where it was copied to, and run the archive again.',
  });
}

async function* rowsOf(
  { database, progress }: ArchiveRun,
  source: Source,
  { organizationId, organization, before, rows }: ArchiveTask['parts'][number],
): AsyncGenerator<ArchivedRow[]> {
  let after: ArchivedRow | undefined;
  for (let done = 0; ; ) {
    const chunk = await readRows(database, source, { organizationId, before, after, limit: READ_AT_ONCE });
    if (chunk.length > 0) yield chunk;
    if (chunk.length < READ_AT_ONCE) return;
    after = chunk.at(-1);
    done += chunk.length;
    progress(`${source.name}, ${organization}: ${done} of ${rows} rows written`);
  }
}

async function deleteArchived({ database, progress }: ArchiveRun, source: Source, archive: Archive): Promise<void> {
  const { organizationId, organization, rows } = archive;
  let done = 0;
  for await (const lines of readArchive(archive.path, DELETED_AT_ONCE)) {
    await deleteRows(database, source, { organizationId, keys: lines.map(keyOf) });
    done += lines.length;
    progress(`${source.name}, ${organization}: ${done} of ${rows} rows deleted`);
  }
  await closeArchive(database, archive);
}

function keyOf(line: string): { contactId: string; id: string } {
  const row: Json = JSON.parse(line);
  return { contactId: textProperty(row, 'contact_id') ?? '', id: textProperty(row, 'id') ?? '' };
}
