/** What officers see and keep of their own account: where they are signed in, and by what they come in. */
import type { Tx } from '@hazir/store';

export interface OwnSession {
  id: string;
  address: string | null;
  userAgent: string | null;
  createdAt: Date;
  /** Written at most once an hour or so, when the session is prolonged. */
  usedAt: Date;
}

export interface OwnPasskey {
  id: string;
  name: string | null;
  createdAt: Date;
}

/** Those that have not run out, the latest first. */
export async function listSessions(tx: Tx, officerId: string): Promise<OwnSession[]> {
  const { rows } = await tx.query<OwnSession>(
    `select id, address, user_agent as "userAgent", created_at as "createdAt", updated_at as "usedAt"
       from officer_sessions where officer_id = $1 and expires_at > now() order by updated_at desc, id`,
    [officerId],
  );
  return rows;
}

export async function listPasskeys(tx: Tx, officerId: string): Promise<OwnPasskey[]> {
  const { rows } = await tx.query<OwnPasskey>(
    'select id, name, created_at as "createdAt" from officer_passkeys where officer_id = $1 order by created_at, id',
    [officerId],
  );
  return rows;
}

export async function hasPassword(tx: Tx, officerId: string): Promise<boolean> {
  const { rowCount } = await tx.query('select from officer_accounts where officer_id = $1 and password is not null', [officerId]);
  return rowCount !== 0;
}

/** Ends one session of the officer. Returns false for one that is not theirs, or is over. */
export async function endSession(tx: Tx, officerId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from officer_sessions where officer_id = $1 and id = $2', [officerId, id]);
  return rowCount !== 0;
}

/** Returns how many have ended. */
export async function endOtherSessions(tx: Tx, officerId: string, kept: string): Promise<number> {
  const { rowCount } = await tx.query('delete from officer_sessions where officer_id = $1 and id <> $2', [officerId, kept]);
  return rowCount ?? 0;
}

export async function setLanguage(tx: Tx, officerId: string, language: string): Promise<void> {
  await tx.query('update officers set language = $2, updated_at = now() where id = $1', [officerId, language]);
}
