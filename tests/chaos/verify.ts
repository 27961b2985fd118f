/** What must hold when all is over: told by the world, told by the database, and the same in both. */
import type { Database } from '@hazir/store';
import type { Citizen } from './citizen.ts';
import { missing } from './citizen.ts';
import type { ChaosWorld } from './world.ts';

export interface Verdict {
  /** Messages without their answer, and acknowledged ones that the database does not have. */
  lost: number;
  /** Bubbles that a citizen saw twice, and effects that the database has more often than they were asked for. */
  doubled: number;
  misordered: number;
  problems: string[];
  /** Those whose story is worth telling. */
  citizens: Citizen[];
}

interface Row {
  phone: string;
  inbound: string[];
  outbound: (string | null)[];
  unread: number;
  requests: number;
  contacts: number;
}

export async function verify(world: ChaosWorld, database: Database): Promise<Verdict> {
  const rows = new Map((await readRows(database)).map((row) => [row.phone, row]));
  const verdict: Verdict = { lost: 0, doubled: 0, misordered: 0, problems: await problemsOf(database, world), citizens: [] };
  for (const citizen of world.citizens) {
    const found = compare(citizen, rows.get(citizen.contact.phone));
    verdict.lost += found.lost;
    verdict.doubled += found.doubled;
    verdict.misordered += citizen.misordered;
    if (found.problems.length === 0) continue;
    verdict.citizens.push(citizen);
    verdict.problems.push(...found.problems.map((sentence) => `citizen ${citizen.contact.index}: ${sentence}`));
  }
  return verdict;
}

function compare(citizen: Citizen, row: Row | undefined): { lost: number; doubled: number; problems: string[] } {
  if (citizen.said.length === 0) return { lost: 0, doubled: 0, problems: [] };
  const inbound = row?.inbound ?? [];
  const outbound = row?.outbound ?? [];
  const lostInbound = citizen.said.filter(({ wamid, acked }) => acked && !inbound.includes(wamid)).length;
  const doubledInbound = inbound.length - new Set(inbound).size;
  const shown = [...citizen.got.values()].map(({ wamid }) => wamid);
  const unknown = shown.filter((wamid) => !outbound.includes(wamid)).length;
  const registered = citizen.said.filter(({ step }) => 'tap' in step.said && step.said.tap === CONFIRM).length;
  const extra = Math.max(0, (row?.requests ?? 0) - registered);
  const lacking = citizen.misordered > 0 ? 0 : Math.max(0, registered - (row?.requests ?? 0));
  const problems = [
    missing(citizen) > 0 && `${missing(citizen)} answers are missing`,
    citizen.doubled > 0 && `${citizen.doubled} bubbles came twice`,
    citizen.misordered > 0 && `an answer came out of order: ${wrongOne(citizen)}`,
    lostInbound > 0 && `${lostInbound} acknowledged messages are not in the log`,
    doubledInbound > 0 && `${doubledInbound} messages are in the log twice`,
    unknown > 0 && `${unknown} bubbles are in no row of the log`,
    (row?.unread ?? 0) > 0 && `${row?.unread} answers are not known to be read`,
    extra + lacking > 0 && `${registered} complaints were confirmed, ${row?.requests ?? 0} registered`,
    (row?.contacts ?? 1) > 1 && `there are ${row?.contacts} records of one citizen`,
  ].filter((sentence) => sentence !== false);
  return { lost: missing(citizen) + lostInbound + lacking, doubled: citizen.doubled + doubledInbound + extra, problems };
}

const CONFIRM = 'new-complaint/confirm/yes';

function wrongOne(citizen: Citizen): string {
  const awaited = citizen.said[citizen.answered]?.step;
  const came = [...citizen.got.values()][citizen.answered];
  return `for ${JSON.stringify(awaited?.said)} came "${came?.text.slice(0, 80).replaceAll('\n', ' ')}"`;
}

async function readRows(database: Database): Promise<Row[]> {
  const { rows } = await database.query<Row>(
    `with person as (
       select value as phone, array_agg(distinct contact_id) as ids, count(distinct contact_id)::int as contacts
         from contact_identities where kind = 'phone' and valid_to is null group by value)
     select p.phone, p.contacts, coalesce(m.inbound, '{}') as inbound, coalesce(m.outbound, '{}') as outbound, m.unread,
            (select count(*)::int from service_requests r where r.contact_id = any (p.ids)) as requests
       from person p
       left join lateral (
         select array_agg(external_id) filter (where not outbound) as inbound, array_agg(external_id) filter (where outbound) as outbound,
                count(*) filter (where outbound and read_at is null)::int as unread
           from messages where contact_id = any (p.ids)) m on true`,
  );
  return rows;
}

async function problemsOf(database: Database, world: ChaosWorld): Promise<string[]> {
  const { rows } = await database.query<{ inbox: number; outbox: number; parked: string[]; unknown: number; stray: number }>(
    `select (select count(*)::int from inbox) as inbox, (select count(*)::int from outbox) as outbox,
            (select coalesce(array_agg(reason || ' ' || left(detail, 200)), '{}') from parked_messages) as parked,
            (select count(*)::int from unknown_updates) as unknown`,
  );
  const [counts] = rows;
  if (counts === undefined) return ['the database told nothing'];
  return [
    counts.inbox > 0 && `${counts.inbox} messages are still in the inbox`,
    counts.outbox > 0 && `${counts.outbox} messages are still in the outbox`,
    ...counts.parked.map((reason) => `set aside: ${reason}`),
    counts.unknown > 0 && `${counts.unknown} webhooks were not understood`,
    world.strangers() > 0 && `${world.strangers()} messages went to nobody whom the world knows`,
    world.delivery.open() > 0 && `${world.delivery.open()} webhooks are not acknowledged`,
  ].filter((sentence) => sentence !== false);
}
