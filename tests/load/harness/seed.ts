/**
 * Makes every citizen of a run known before it is measured. One citizen of each number and language has really written to Hazir;
 * the others are copies of what Hazir then stored, so their rows have the shapes of this version whatever it is.
 */
import type { Database } from '@hazir/store';
import { copyRows } from './copy-rows.ts';

export interface SeedPlan {
  numbers: number;
  contacts: number;
}

/** Languages in a citizen's order; the same rule makes them in the world (world/contacts.ts). */
const LANGUAGES = ['en', 'en', 'en', 'en', 'hi', 'hi', 'hi', 'mr', 'mr', 'mr'];
const FIRST_PHONE = 919_100_000_000;

const PAIRS = 'from pairs p join';

/** The citizens who are introduced through the message path: the first of each language on each number. */
export function modelsOf({ numbers }: SeedPlan): number[] {
  return [0, 4, 7].flatMap((language) => Array.from({ length: numbers }, (_, number) => language * numbers + number));
}

/** Copies the models; returns how many citizens are known then. */
export async function seedContacts(database: Database, plan: SeedPlan): Promise<number> {
  return database
    .transaction(async (tx) => {
      await tx.query(
        `create temporary table seeded on commit drop as
       select i, gen_random_uuid() as id, ($3::bigint + i)::text as phone, ($3::bigint + ($4::int[])[1 + (i / $1) % 10] * $1 + i % $1)::text as model_phone
         from generate_series(0, $2::int - 1) as i`,
        [plan.numbers, plan.contacts, FIRST_PHONE, LANGUAGES.map((language) => LANGUAGES.indexOf(language))],
      );
      await tx.query(
        `create temporary table pairs on commit drop as
       select s.*, m.contact_id as model, m.organization_id from seeded s
         join contact_identities m on m.kind = 'phone' and m.value = s.model_phone and m.valid_to is null
        where s.phone <> s.model_phone`,
      );
      await copyRows(tx, 'contacts', `${PAIRS} contacts c using (organization_id) where c.id = p.model`, { id: 'p.id' });
      const identities = `${PAIRS} contact_identities c using (organization_id) where c.contact_id = p.model and c.valid_to is null`;
      await copyRows(tx, 'contact_identities', identities, {
        contact_id: 'p.id',
        value: 'replace(c.value, p.model_phone, p.phone)',
      });
      await copyRows(tx, 'conversations', `${PAIRS} conversations c using (organization_id) where c.contact_id = p.model`, {
        contact_id: 'p.id',
      });
      const { rows } = await tx.query<{ known: number }>('select count(*)::int as known from contacts');
      return rows[0]?.known ?? 0;
    })
    .then(async (known) => {
      for (const table of ['contacts', 'contact_identities', 'conversations']) await database.query(`vacuum (analyze) ${table}`);
      return known;
    });
}
