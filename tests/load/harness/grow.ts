/**
 * Gives a database its history: months of stored messages, copied from what Hazir itself stored for the citizens who were
 * introduced, so that rows have their real shape and size. They go in by time, as they would have come.
 */
import type { Database } from '@hazir/store';
import { copyRows, type Tx } from './copy-rows.ts';
import type { Tell } from './stage.ts';

export interface Growth {
  messages: number;
  /** Months over which the messages are spread; each has its partition. */
  months: number;
}

const CHUNK = 500_000;
/** The order of the key: so an index takes a chunk in at one pass. */
const ORDER = 'order by g.organization_id, g.contact_id, g.id';

export async function growHistory(database: Database, { messages, months }: Growth, tell: Tell): Promise<void> {
  await database.query(`select ensure_partitions(now() - make_interval(months => $1), $1 + 3)`, [months]);
  await database.query(`
    create unlogged table growth_people as
      select (row_number() over (order by md5(contact_id::text)))::int as n, organization_id, contact_id, channel_id from conversations;
    alter table growth_people add primary key (n);
    create unlogged table growth_models as
      select (row_number() over ())::int as n, * from (select * from messages order by outbound, id limit 1000) as m;
    alter table growth_models add primary key (n);
    create unlogged table growth_events as
      select (row_number() over ())::int as n, * from (select * from conversation_events limit 1000) as e;
    analyze growth_people; analyze growth_models; analyze growth_events`);
  const { rows } = await database.query<{ people: number; models: number; events: number }>(
    `select (select count(*) from growth_people)::int as people, (select count(*) from growth_models)::int as models,
            (select count(*) from growth_events)::int as events`,
  );
  const { people, models, events } = rows[0] ?? { people: 0, models: 0, events: 0 };
  for (let from = 0; from < messages; from += CHUNK) {
    const until = Math.min(messages, from + CHUNK);
    await database.transaction(async (tx) => {
      await tx.query('set local synchronous_commit = off');
      await plan(tx, { from, until, messages, months, people });
      await copyRows(tx, 'messages', `from growth_plan g join growth_models c on c.n = 1 + g.n % ${models} ${ORDER}`, MESSAGE);
      if (events > 0) {
        const share = Math.max(1, Math.round(models / events));
        const source = `from growth_plan g join growth_events c on c.n = 1 + g.n % ${events} where g.n % ${share} = 0 ${ORDER}`;
        await copyRows(tx, 'conversation_events', source, OWN);
      }
    });
    tell(`${until} of ${messages} messages`);
  }
  await database.query('drop table growth_people; drop table growth_models; drop table growth_events');
  for (const table of ['messages', 'conversation_events']) await database.query(`vacuum (analyze) ${table}`);
  await database.query('checkpoint');
}

const OWN = {
  organization_id: 'g.organization_id',
  contact_id: 'g.contact_id',
  id: 'g.id',
  channel_id: 'g.channel_id',
} as const;

/** The times of a reply follow its own; an inbound message has none. */
const MESSAGE = {
  ...OWN,
  external_id: `'wamid.HBgMOTE5' || encode(decode(md5(g.n::text) || md5((g.n + 1)::text), 'hex'), 'base64')`,
  ...Object.fromEntries(
    ['accepted', 'sent', 'delivered', 'read'].map((fact, index) => [
      `${fact}_at`,
      `case when c.${fact}_at is null then null else g.at + interval '${index * 0.2} seconds' end`,
    ]),
  ),
};

/** Who writes when: citizens in an order of their own, times rising from the first month to now. */
function plan(tx: Tx, part: { from: number; until: number; messages: number; months: number; people: number }): Promise<unknown> {
  return tx.query(
    `create temporary table growth_plan on commit drop as
     select v.n, v.at, p.organization_id, p.contact_id, p.channel_id,
            (left(uuid_floor(v.at)::text, 13) || '-8' || substr(gen_random_uuid()::text, 16))::uuid as id
       from (select n, now() - make_interval(days => 30) * $4::float8 * (1 - n / $3::float8) - interval '1 minute' as at
               from generate_series($1::int, $2::int - 1) as n) as v
       join growth_people p on p.n = 1 + (v.n * 7919::bigint) % $5::int`,
    [part.from, part.until, part.messages, part.months, part.people],
  );
}
