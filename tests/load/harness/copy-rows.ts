/** Copies rows of a table with some columns changed, whatever other columns this version of the table has. */
import type { Database } from '@hazir/store';

export type Tx = Pick<Database, 'query'>;

/** `source` is everything from "from" on; it calls the row that is copied `c`. `changed`: an expression by column. */
export async function copyRows(tx: Tx, table: string, source: string, changed: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await tx.query<{ name: string }>(
    `select attname as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  const names = rows.map(({ name }) => `"${name}"`).join(', ');
  const values = rows.map(({ name }) => changed[name] ?? `c."${name}"`).join(', ');
  await tx.query(`insert into ${table} (${names}) select ${values} ${source}`);
}
