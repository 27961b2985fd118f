/** The keys of other systems that an operator trusts, all given at once: what is not in the file is trusted no more. */
import type { Database, Tx } from '@hazir/store';
import { z } from 'zod';
import { type PublishedForeignKey, publishedForeignKey } from './credential/foreign/foreign-keys.ts';

/** The file of an operator. */
export const foreignKeysFile = z.strictObject({ keys: z.array(publishedForeignKey).max(2_000) });

/** Puts these keys in the place of all others. */
export async function trustForeignKeys(database: Database, keys: readonly PublishedForeignKey[]): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('delete from document_foreign_keys');
    for (const { kind, kid, algorithm, publicKey, name, source } of keys)
      await tx.query(
        `insert into document_foreign_keys (kind, kid, algorithm, public_key, name, source) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing`,
        [kind, kid ?? '', algorithm, publicKey, JSON.stringify(name), source],
      );
  });
}

export async function listForeignKeys(tx: Tx): Promise<PublishedForeignKey[]> {
  const { rows } = await tx.query<Record<string, unknown>>(
    `select kind, nullif(kid, '') as kid, algorithm, public_key as "publicKey", name, source from document_foreign_keys
      order by kind, kid, public_key`,
  );
  return rows.map((row) => publishedForeignKey.parse(row));
}
