/** Which post a person holds in the chat: nobody signs in there, the phone is known from the channel. */
import type { Tx } from '@hazir/store';
import type { Post } from './responsibility.ts';

/** The post whose phone is one of the contact's; undefined for citizens. */
export async function postOfContact(
  tx: Tx,
  posts: ReadonlyMap<string, Post>,
  { organizationId, contactId }: { organizationId: number; contactId: string },
): Promise<Post | undefined> {
  const { rows } = await tx.query<{ value: string }>(
    `select value from contact_identities where organization_id = $1 and contact_id = $2 and kind = 'phone' and valid_to is null`,
    [organizationId, contactId],
  );
  const phones = rows.map(({ value }) => `+${value}`);
  return [...posts.values()].find(({ phone }) => phone !== undefined && phones.includes(phone));
}
