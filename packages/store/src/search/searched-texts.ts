/** Texts in the database that are found by their keys; which keys, and how found texts are judged, is for the caller to say. */
import type { Tx } from '../database.ts';

export interface TextSetKey {
  organizationId: number;
  /** Of its content: another content has another name. */
  name: string;
}

export interface SearchedText {
  id: string;
  mass: number;
  /** Each with its letters, sounds and skeletons. */
  words: readonly (readonly [string, readonly string[], readonly string[]])[];
}

export interface TextSet {
  /** `owner`: number of the id within the set. */
  texts: readonly (SearchedText & { owner: number })[];
  numbers: { ids: number; meanLength: number };
  /** Whose texts have a key. */
  owners: ReadonlyMap<string, readonly number[]>;
}

export interface FoundTexts {
  /** All texts of the ids that share the rarest keys. */
  texts: SearchedText[];
  numbers: { ids: number; meanLength: number };
  /** Of the keys that were asked for. */
  having: Map<string, number>;
}

/** Texts or keys in one statement. */
const PORTION = 2_000;
/** What no published version has asked for in this long is forgotten. */
const FORGOTTEN_AFTER = '90 days';
/** The rarest of the question's keys decide which ids are looked at. */
const MOST_KEYS = 24;
const MOST_IDS = 12;

/** Writes the set unless it is there, and forgets sets that nothing has used for long; in the transaction that it is given. */
export async function saveTextSet(tx: Tx, key: TextSetKey, read: () => TextSet): Promise<void> {
  const known = await tx.query('update search_sets set used_at = now() where organization_id = $1 and name = $2', [
    key.organizationId,
    key.name,
  ]);
  if (known.rowCount !== 0) return;
  const { texts, numbers, owners } = read();
  const { rows } = await tx.query<{ id: number }>(
    `insert into search_sets (organization_id, name, ids, mean_length) values ($1, $2, $3, $4)
     on conflict (organization_id, name) do nothing returning id`,
    [key.organizationId, key.name, numbers.ids, numbers.meanLength],
  );
  const id = rows[0]?.id;
  // Another process has written it in the meantime.
  if (id === undefined) return;
  await tx.query('delete from search_sets where organization_id = $1 and used_at < now() - $2::interval', [
    key.organizationId,
    FORGOTTEN_AFTER,
  ]);
  for (const portion of portions(texts.map((text, position) => ({ ...text, position }))))
    await tx.query(
      `insert into search_texts (organization_id, set_id, owner, position, id, mass, words)
       select $1, $2, t.owner, t.position, t.id, t.mass, t.words
         from jsonb_to_recordset($3::jsonb) t (owner int, position int, id text, mass float8, words jsonb)`,
      [key.organizationId, id, JSON.stringify(portion)],
    );
  for (const portion of portions([...owners].map(([word, list]) => ({ key: word, owners: `{${list.join(',')}}` }))))
    await tx.query(
      `insert into search_keys (organization_id, set_id, key, owners)
       select $1, $2, k.key, k.owners::int[] from jsonb_to_recordset($3::jsonb) k (key text, owners text)`,
      [key.organizationId, id, JSON.stringify(portion)],
    );
}

/** What may answer a question of these keys; undefined when there is no such set. */
export async function findTexts(tx: Tx, key: TextSetKey, keys: readonly string[]): Promise<FoundTexts | undefined> {
  const { rows } = await tx.query<{
    ids: number;
    mean_length: number;
    having: Record<string, number> | null;
    texts: SearchedText[] | null;
  }>(FIND, [key.organizationId, key.name, keys]);
  const [found] = rows;
  if (found === undefined) return undefined;
  return {
    texts: found.texts ?? [],
    numbers: { ids: found.ids, meanLength: found.mean_length },
    having: new Map(Object.entries(found.having ?? {})),
  };
}

// A key counts by how rare it is; the texts of the best ids come whole, because an id is judged by all that it says.
const FIND = `
with searched as (select id, ids, mean_length from search_sets where organization_id = $1 and name = $2),
asked as materialized (select k.key, cardinality(k.owners) as ids, k.owners, ln(1 + s.ids / cardinality(k.owners)::float8) as rarity
            from searched s join search_keys k on k.organization_id = $1 and k.set_id = s.id and k.key = any ($3)),
rarest as (select owners, rarity from asked order by ids, key limit ${MOST_KEYS}),
best as (select owner from rarest, unnest(owners) owner group by owner order by sum(rarity) desc, owner limit ${MOST_IDS})
select s.ids, s.mean_length,
       (select jsonb_object_agg(key, ids) from asked) as having,
       (select jsonb_agg(jsonb_build_object('id', t.id, 'mass', t.mass, 'words', t.words) order by t.owner, t.position)
          from best b join search_texts t on t.organization_id = $1 and t.set_id = s.id and t.owner = b.owner) as texts
  from searched s`;

function* portions<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += PORTION) yield items.slice(at, at + PORTION);
}
