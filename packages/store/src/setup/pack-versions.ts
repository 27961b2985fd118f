/** Published versions of packs, with all their files: a running conversation stays on the version it began with. */
import type { Tx } from '../database.ts';

export interface PackVersion {
  organizationId: number;
  pack: string;
  version: string;
  /** Path inside the pack -> text. */
  files: Record<string, string>;
}

/** Publishes; publishing the same content again changes nothing but makes it the newest. */
export async function publishPack(tx: Tx, pack: PackVersion): Promise<void> {
  await tx.query(
    `insert into pack_versions (organization_id, pack, version, files) values ($1, $2, $3, $4)
     on conflict (organization_id, pack, version) do update set published_at = now()`,
    [pack.organizationId, pack.pack, pack.version, JSON.stringify(pack.files)],
  );
}

/** The newest version of each pack. */
export async function newestVersions(tx: Tx): Promise<Omit<PackVersion, 'files'>[]> {
  const { rows } = await tx.query<Omit<PackVersion, 'files'>>(
    `select distinct on (organization_id, pack) organization_id as "organizationId", pack, version
       from pack_versions order by organization_id, pack, published_at desc`,
  );
  return rows;
}

/** One version with its files; undefined when it was never published here. */
export async function readPackVersion(tx: Tx, key: Omit<PackVersion, 'files'>): Promise<PackVersion | undefined> {
  const { rows } = await tx.query<PackVersion>(
    `select organization_id as "organizationId", pack, version, files
       from pack_versions where organization_id = $1 and pack = $2 and version = $3`,
    [key.organizationId, key.pack, key.version],
  );
  return rows[0];
}

/** How many conversations stand on each version of a pack. */
export async function countByVersion(tx: Tx, organizationId: number): Promise<{ version: string; conversations: number }[]> {
  const { rows } = await tx.query<{ version: string; conversations: number }>(
    `select session::jsonb ->> 'version' as version, count(*) as conversations from conversations
      where organization_id = $1 and session is not null group by 1 order by 2 desc`,
    [organizationId],
  );
  return rows;
}
