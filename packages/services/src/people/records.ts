/** SQL of people. */
import type { Tx } from '@hazir/store';

export interface PersonRow {
  id: string;
  name: string;
  birth_year: number;
  gender: 'female' | 'male' | 'other';
  id_type: string;
  id_digits: string;
}

export interface Household {
  organizationId: number;
  contactId: string;
}

const columns = 'id, name, birth_year, gender, id_type, id_digits';

export async function listPeople(tx: Tx, { organizationId, contactId }: Household): Promise<PersonRow[]> {
  const { rows } = await tx.query<PersonRow>(
    `select ${columns} from people where organization_id = $1 and contact_id = $2 order by place`,
    [organizationId, contactId],
  );
  return rows;
}

/** Adds a person in the first free place; undefined when there is none. A turn that is run again adds nobody twice. */
export async function insertPerson(
  tx: Tx,
  { organizationId, contactId }: Household,
  { person, most, now }: { person: PersonRow; most: number; now: Date },
): Promise<PersonRow | undefined> {
  const { rows } = await tx.query<PersonRow>(
    `with free as (
       select place from generate_series(1, $3::int) place
        where not exists (select 1 from people p where p.organization_id = $1 and p.contact_id = $2 and p.place = place.place)
          and not exists (select 1 from people p where p.organization_id = $1 and p.contact_id = $2 and p.id = $4)
        order by place limit 1),
     added as (
       insert into people (organization_id, contact_id, place, ${columns}, added_at)
       select $1, $2, place, $4, $5, $6, $7, $8, $9, $10 from free on conflict (organization_id, contact_id, id) do nothing
       returning ${columns})
     select ${columns} from added
     union all select ${columns} from people where organization_id = $1 and contact_id = $2 and id = $4`,
    [
      organizationId,
      contactId,
      most,
      person.id,
      person.name,
      person.birth_year,
      person.gender,
      person.id_type,
      person.id_digits,
      now,
    ],
  );
  return rows[0];
}

/** False when there is no such person. */
export async function deletePerson(tx: Tx, { organizationId, contactId }: Household, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from people where organization_id = $1 and contact_id = $2 and id = $3', [
    organizationId,
    contactId,
    id,
  ]);
  return rowCount === 1;
}

/** People by id, whoever's they are: for the desk that expects them. */
export async function peopleById(
  tx: Tx,
  { organizationId, ids }: { organizationId: number; ids: readonly string[] },
): Promise<Map<string, { name: string; birthYear: number; idType: string; idDigits: string }>> {
  const { rows } = await tx.query<{ id: string; name: string; birthYear: number; idType: string; idDigits: string }>(
    `select id, name, birth_year as "birthYear", id_type as "idType", id_digits as "idDigits" from people
      where organization_id = $1 and id::text = any($2)`,
    [organizationId, ids],
  );
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}
