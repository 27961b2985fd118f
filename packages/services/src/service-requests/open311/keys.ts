/** Keys of clients. A key is told once, when it is made; kept is its hash. */
import { createHash, randomBytes } from 'node:crypto';
import { HazirError } from '@hazir/core';
import type { Tx } from '@hazir/store';

/**
 * requests: may report. updates: may say what was done. details: reads words, addresses and exact places.
 * read, act: the officers' API, to look and to do.
 */
export const SCOPES = ['requests', 'updates', 'details', 'read', 'act'] as const;

export type Scope = (typeof SCOPES)[number];

export interface Open311Key {
  organizationId: number;
  id: string;
  name: string;
  scopes: readonly Scope[];
  /** So many calls in a minute. */
  perMinute: number;
  /** The post on which an officer's program acts. */
  post: string | null;
  createdAt: Date;
  revokedAt: Date | null;
}

const COLUMNS = `organization_id as "organizationId", id, name, scopes, per_minute as "perMinute", post, created_at as "createdAt", revoked_at as "revokedAt"`;

/** Makes a key; the text is told to the client and cannot be read again. */
export async function makeKey(
  tx: Tx,
  {
    organizationId,
    name,
    scopes,
    perMinute,
    post = null,
    now,
  }: Pick<Open311Key, 'organizationId' | 'name' | 'scopes' | 'perMinute'> & { post?: string | null; now: Date },
): Promise<{ id: string; key: string }> {
  const id = randomBytes(6).toString('hex');
  const key = `hz311_${randomBytes(32).toString('base64url')}`;
  await tx.query(
    `insert into open311_keys (organization_id, id, key_hash, name, scopes, per_minute, post, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [organizationId, id, hashOf(key), name, scopes, perMinute, post, now],
  );
  return { id, key };
}

/** The key that this text is, with the organization that it is of; undefined for an unknown and for a revoked one. */
export async function findKey(tx: Tx, key: string): Promise<Open311Key | undefined> {
  const { rows } = await tx.query<Open311Key>(`select ${COLUMNS} from open311_keys where key_hash = $1 and revoked_at is null`, [
    hashOf(key),
  ]);
  return rows[0];
}

export async function listKeys(tx: Tx): Promise<Open311Key[]> {
  const { rows } = await tx.query<Open311Key>(`select ${COLUMNS} from open311_keys order by organization_id, created_at`);
  return rows;
}

/** From the next call on. Throws `usage:open311-key` for one that is not there or revoked already. */
export async function revokeKey(tx: Tx, id: string, now: Date): Promise<void> {
  const { rowCount } = await tx.query('update open311_keys set revoked_at = $2 where id = $1 and revoked_at is null', [id, now]);
  if (rowCount === 1) return;
  throw new HazirError('usage:open311-key', `No key that is valid has the id ${id}.`, { hint: 'See: hazir open311 keys' });
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
