/**
 * The keys that sign an organization's documents. One is active; it is made when first needed. Rotation makes another and
 * destroys the private half of the old one: what it signed stays valid, and nobody can sign with it again.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Tx } from '@hazir/store';
import { bytesOf, hexOf } from './credential/claims.ts';
import type { SignBytes } from './credential/sign1.ts';

export interface SigningKey {
  /** Hexadecimal digits. */
  kid: string;
  privateKey: KeyObject;
}

const KID_BYTES = 8;
const ACTIVE = `select kid, private_key from document_keys where organization_id = $1 and retired_at is null for key share`;

/** The active key, made where there is none; it is not retired before the transaction ends. */
export async function activeKey(tx: Tx, organizationId: number, now: Date): Promise<SigningKey> {
  const found = await readActive(tx, organizationId);
  if (found !== undefined) return found;
  await addKey(tx, organizationId, now);
  const made = await readActive(tx, organizationId);
  if (made === undefined) throw new Error('a key that was made is not there');
  return made;
}

/** How a key signs COSE messages. */
export function coseKey({ kid, privateKey }: SigningKey): { kid: Uint8Array; sign: SignBytes } {
  return { kid: bytesOf(kid), sign: (bytes) => sign(null, bytes, privateKey) };
}

/** Retires the active key, destroys its private half, and makes another; returns the new key's id. */
export async function rotateKey(tx: Tx, organizationId: number, now: Date): Promise<string> {
  await tx.query('select from document_keys where organization_id = $1 and retired_at is null for update', [organizationId]);
  // A turn that has just signed may carry a later time than ours: its document must fall into the key's time.
  await tx.query(
    `update document_keys k set private_key = null, retired_at = greatest($2::timestamptz, k.active_from,
            (select max(issued_at) from documents d where d.organization_id = k.organization_id and d.kid = k.kid))
      where organization_id = $1 and retired_at is null`,
    [organizationId, now],
  );
  return addKey(tx, organizationId, now);
}

async function addKey(tx: Tx, organizationId: number, now: Date): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const kid = hexOf(raw.subarray(0, KID_BYTES));
  await tx.query(
    `insert into document_keys (organization_id, kid, public_key, private_key, active_from)
     values ($1, $2, $3, $4, date_trunc('second', $5::timestamptz)) on conflict do nothing`,
    [organizationId, kid, raw, privateKey.export({ type: 'pkcs8', format: 'der' }), now],
  );
  return kid;
}

async function readActive(tx: Tx, organizationId: number): Promise<SigningKey | undefined> {
  const { rows } = await tx.query<{ kid: string; private_key: Buffer }>(ACTIVE, [organizationId]);
  const [row] = rows;
  if (row === undefined) return undefined;
  return { kid: row.kid, privateKey: createPrivateKey({ key: row.private_key, format: 'der', type: 'pkcs8' }) };
}
