/** Links that work once: whoever has one chooses the password of an account. Only a hash of it is kept. */
import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '@hazir/store';

export const LINK_HOURS = 48;
const KIND = 'link:';

/** Makes a link for an officer; the ones before it are worth nothing any more. Returns its secret. */
export async function makeLink(tx: Tx, officerId: string, now: Date): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await dropLinks(tx, officerId);
  await tx.query(
    `insert into officer_verifications (identifier, value, expires_at) values ($1, $2, $3::timestamptz + make_interval(hours => $4))`,
    [identifierOf(secret), officerId, now, LINK_HOURS],
  );
  return secret;
}

/** Whose link it is; undefined for one that is unknown, used or too old. */
export async function officerOfLink(tx: Tx, secret: string, now: Date): Promise<string | undefined> {
  const { rows } = await tx.query<{ value: string }>(
    'select value from officer_verifications where identifier = $1 and expires_at > $2 for update',
    [identifierOf(secret), now],
  );
  return rows[0]?.value;
}

export async function dropLinks(tx: Tx, officerId: string): Promise<void> {
  await tx.query('delete from officer_verifications where value = $1 and identifier like $2', [officerId, `${KIND}%`]);
}

function identifierOf(secret: string): string {
  return `${KIND}${createHash('sha256').update(secret).digest('hex')}`;
}
