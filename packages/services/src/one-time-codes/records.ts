/** SQL of one-time codes. */
import type { Tx } from '@hazir/store';
import type { Hashed } from './secrets.ts';

export interface CodeKey {
  organizationId: number;
  contactId: string;
}

export interface CodeRow {
  id: string;
  expiresAt: Date;
  triesLeft: number;
  salt: Buffer | null;
  hash: Buffer | null;
}

export interface Sent {
  toContact: number;
  forSubject: number;
  lastAt: Date | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What was sent within the last hour, the code `id` itself not counted: a job that runs again sends it again. */
export async function countSent(
  tx: Tx,
  { organizationId, contactId }: CodeKey,
  { id, subject, now }: { id: string; subject: Buffer; now: Date },
): Promise<Sent> {
  const { rows } = await tx.query<Sent>(
    `select count(*) filter (where contact_id = $2)::int as "toContact", count(*) filter (where subject = $3)::int as "forSubject",
            max(sent_at) filter (where contact_id = $2) as "lastAt"
       from one_time_codes where organization_id = $1 and (contact_id = $2 or subject = $3) and id <> $4 and sent_at > $5`,
    [organizationId, contactId, subject, id, new Date(now.getTime() - HOUR_MS)],
  );
  return rows[0] ?? { toContact: 0, forSubject: 0, lastAt: null };
}

export interface NewCode extends CodeKey, Hashed {
  id: string;
  purpose: string;
  subject: Buffer;
  sentAt: Date;
  expiresAt: Date;
  tries: number;
}

/** Keeps the code; earlier ones of its contact and purpose count no more, and yesterday's are forgotten. */
export async function saveCode(tx: Tx, code: NewCode): Promise<void> {
  const { organizationId, contactId, id, purpose, subject, sentAt, expiresAt, tries, salt, hash } = code;
  await tx.query(
    `with gone as (
       delete from one_time_codes where organization_id = $1 and contact_id = $2 and id <> $3 and sent_at < $11),
     ended as (
       update one_time_codes set salt = null, hash = null
        where organization_id = $1 and contact_id = $2 and purpose = $4 and id <> $3 and sent_at >= $11)
     insert into one_time_codes (organization_id, contact_id, id, purpose, subject, sent_at, expires_at, tries_left, salt, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (organization_id, contact_id, id) do update
        set salt = excluded.salt, hash = excluded.hash, sent_at = excluded.sent_at, expires_at = excluded.expires_at`,
    [organizationId, contactId, id, purpose, subject, sentAt, expiresAt, tries, salt, hash, new Date(sentAt.getTime() - DAY_MS)],
  );
}

/** A code that never left counts for nothing. */
export async function dropCode(tx: Tx, { organizationId, contactId, id }: CodeKey & { id: string }): Promise<void> {
  await tx.query('delete from one_time_codes where organization_id = $1 and contact_id = $2 and id = $3', [
    organizationId,
    contactId,
    id,
  ]);
}

/** The newest code of a purpose and subject, kept from being tried by two at once. */
export async function newestCode(
  tx: Tx,
  { organizationId, contactId }: CodeKey,
  { purpose, subject }: { purpose: string; subject: Buffer },
): Promise<CodeRow | undefined> {
  const { rows } = await tx.query<CodeRow>(
    `select id, expires_at as "expiresAt", tries_left as "triesLeft", salt, hash from one_time_codes
      where organization_id = $1 and contact_id = $2 and purpose = $3 and subject = $4 order by sent_at desc, id desc limit 1 for update`,
    [organizationId, contactId, purpose, subject],
  );
  return rows[0];
}

/** Notes a try; a code that was right, or tried too often, loses its hash. */
export async function noteTry(
  tx: Tx,
  { organizationId, contactId, id }: CodeKey & { id: string },
  { triesLeft, ended }: { triesLeft: number; ended: boolean },
): Promise<void> {
  await tx.query(
    `update one_time_codes set tries_left = $4, salt = case when $5 then null else salt end, hash = case when $5 then null else hash end
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [organizationId, contactId, id, triesLeft, ended],
  );
}
