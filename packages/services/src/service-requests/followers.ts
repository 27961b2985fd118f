/** Citizens who follow a request of somebody else: they hear of every step. */
import type { Tx } from '@hazir/store';
import type { RequestRow } from './records.ts';

const COLUMNS = 'organization_id, request_id, id, reference, contact_id, channel_id, language, followed_at';

/** Lets a citizen follow; false when they did so already. */
export async function addFollower(
  tx: Tx,
  row: RequestRow,
  follower: { contactId: string; channelId: number | null; language: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into service_request_followers (${COLUMNS})
     values ($1, $2::uuid, md5($2::uuid::text || $4::uuid::text)::uuid, $3, $4::uuid, $5, $6, $7) on conflict do nothing`,
    [row.organization_id, row.id, row.reference, follower.contactId, follower.channelId, follower.language, follower.now],
  );
  return rowCount === 1;
}

/** Lets everybody of one request follow another one too: who asked, and who follows. */
export async function copyFollowers(tx: Tx, { from, to, now }: { from: RequestRow; to: RequestRow; now: Date }): Promise<void> {
  await tx.query(
    `insert into service_request_followers (${COLUMNS})
     select $1::int, $2::uuid, md5($2::uuid::text || contact_id::text)::uuid, $3::text, contact_id, channel_id, language, $4::timestamptz from (
       select contact_id, channel_id, language from service_request_followers where organization_id = $1 and request_id = $5
       union all select $6::uuid, $7::int, $8::text) every
      where contact_id <> $9::uuid on conflict do nothing`,
    [
      ...[to.organization_id, to.id, to.reference, now],
      ...[from.id, from.contact_id, from.channel_id, from.language, to.contact_id],
    ],
  );
}

/** How many citizens follow a request besides the one who asked; whether this one does. */
export async function readFollowing(
  tx: Tx,
  { organization_id, id }: RequestRow,
  contactId: string,
): Promise<{ followers: number; follows: boolean }> {
  const { rows } = await tx.query<{ followers: number; follows: boolean }>(
    `select count(distinct contact_id)::int as followers, coalesce(bool_or(contact_id = $3), false) as follows
       from service_request_followers where organization_id = $1 and request_id = $2`,
    [organization_id, id, contactId],
  );
  return rows[0] ?? { followers: 0, follows: false };
}
