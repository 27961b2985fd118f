/**
 * A fair draw: the order of a line is that of SHA-256 over the seed and each lot, so that anybody who knows the seed comes to the
 * same order. The seed's own hash is told to everybody who puts their name in, before anybody could know who will.
 */
import { createHash, randomBytes } from 'node:crypto';
import { column, type Database, type Tx, values } from '@hazir/store';
import type { Tell, Told } from '../tell.ts';

/** A pack with draws has this flow, for those who have no seat at once; its inputs are `slot`, `person` and `position`. */
const DRAWN_FLOW = 'appointment-drawn';
const MOST_LINES = 20;

interface Line {
  organizationId: number;
  slotId: string;
}

export interface Draw {
  /** When it is drawn. */
  at: Date;
  /** SHA-256 of the seed, in hexadecimal digits. */
  commitment: string;
  /** In hexadecimal digits; null before the draw. */
  seed: string | null;
  entries: number | null;
}

/** The order of lots that a seed gives: first by SHA-256 of "SEED:LOT", the seed in hexadecimal digits. */
export function orderOfLots(seed: string, lots: readonly number[]): number[] {
  const drawn = lots.map((lot) => ({ lot, key: createHash('sha256').update(`${seed}:${lot}`).digest('hex') }));
  return drawn.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ lot }) => lot);
}

/** The draw of a slot, which is begun if nobody has asked before; undefined where seats go to who comes first. */
export async function openDraw(tx: Tx, { organizationId, slotId }: Line, drawAt: Date | null): Promise<Draw | undefined> {
  if (drawAt === null) return undefined;
  const { rows } = await tx.query<{ seed: Buffer; drawn_at: Date | null; entries: number | null }>(
    `with fresh as (insert into appointment_draws (organization_id, slot_id, seed) values ($1, $2, $3) on conflict do nothing
                    returning seed, drawn_at, entries)
     select * from fresh union all
     select seed, drawn_at, entries from appointment_draws where organization_id = $1 and slot_id = $2 limit 1`,
    [organizationId, slotId, randomBytes(32)],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const commitment = createHash('sha256').update(row.seed).digest('hex');
  return { at: drawAt, commitment, seed: row.drawn_at === null ? null : row.seed.toString('hex'), entries: row.entries };
}

/** Draws whatever is due; resolves with how many lines were drawn. */
export async function drawLots(database: Database, { now, tell }: { now: Date; tell: Tell }): Promise<number> {
  let drawn = 0;
  for (const line of await findDue(database, now)) {
    drawn += await database.transaction(async (tx) => {
      const told = await drawLine(tx, line, now);
      for (const one of told ?? []) await tell(tx, one);
      return told === undefined ? 0 : 1;
    });
  }
  return drawn;
}

async function findDue(tx: Tx, now: Date): Promise<Line[]> {
  const { rows } = await tx.query<Line>(
    `select distinct w.organization_id as "organizationId", w.slot_id as "slotId"
       from appointment_waits w
       join appointment_sessions s on s.organization_id = w.organization_id and s.id = w.session_id
      where w.status = 'waiting' and s.draw_at <= $1 and s.cancelled_at is null
        and not exists (select 1 from appointment_draws d where d.organization_id = w.organization_id and d.slot_id = w.slot_id
                           and d.drawn_at is not null) limit $2`,
    [now, MOST_LINES],
  );
  return rows;
}

interface Entry {
  contact_id: string;
  id: string;
  person: string;
  channel_id: number | null;
  number: number;
}

/** Puts a line in order; undefined when somebody else is at it. Resolves with whom there is no seat for now. */
async function drawLine(tx: Tx, line: Line, now: Date): Promise<Told[] | undefined> {
  const { organizationId, slotId } = line;
  const locked = await tx.query<{ last_number: number }>(
    'select last_number from appointment_lines where organization_id = $1 and slot_id = $2 for update skip locked',
    [organizationId, slotId],
  );
  const last = locked.rows[0]?.last_number;
  const draw = await openDraw(tx, line, now);
  if (last === undefined || draw === undefined || draw.seed !== null) return undefined;
  const { rows: entries } = await tx.query<Entry>(
    `select contact_id, id, person, channel_id, number from appointment_waits
      where organization_id = $1 and slot_id = $2 and status = 'waiting' order by number`,
    [organizationId, slotId],
  );
  const ranked = await rank(tx, line, entries);
  await moveBehind(tx, line, { ranked, last, now });
  const seats = await countFree(tx, line, now);
  return ranked.slice(seats).map(({ contact_id: contactId, person, channel_id: channelId }, at) => ({
    ...{ organizationId, contactId, channelId, flow: DRAWN_FLOW },
    // Behind those to whom the seats are offered.
    values: { slot: slotId, person, position: at + 1 },
  }));
}

async function rank(tx: Tx, { organizationId, slotId }: Line, entries: readonly Entry[]): Promise<Entry[]> {
  const { rows } = await tx.query<{ seed: Buffer }>(
    'select seed from appointment_draws where organization_id = $1 and slot_id = $2',
    [organizationId, slotId],
  );
  const byLot = new Map(entries.map((entry) => [entry.number, entry]));
  return orderOfLots(rows[0]?.seed.toString('hex') ?? '', [...byLot.keys()]).flatMap((lot) => byLot.get(lot) ?? []);
}

/** Gives numbers in the drawn order, after all that were given before: a number is never two people's. */
async function moveBehind(
  tx: Tx,
  { organizationId, slotId }: Line,
  { ranked, last, now }: { ranked: readonly Entry[]; last: number; now: Date },
): Promise<void> {
  await tx.query(
    `update appointment_waits w set lot = w.number, number = r.number, changed_at = $6
       from unnest($3::uuid[], $4::uuid[], $5::int[]) as r (contact_id, id, number)
      where w.organization_id = $1 and w.slot_id = $2 and w.contact_id = r.contact_id and w.id = r.id`,
    [
      organizationId,
      slotId,
      column(ranked, 'contact_id'),
      column(ranked, 'id'),
      values(ranked.map((_, at) => last + 1 + at)),
      now,
    ],
  );
  await tx.query('update appointment_lines set last_number = last_number + $3 where organization_id = $1 and slot_id = $2', [
    organizationId,
    slotId,
    ranked.length,
  ]);
  await tx.query('update appointment_draws set drawn_at = $3, entries = $4 where organization_id = $1 and slot_id = $2', [
    ...[organizationId, slotId, now, ranked.length],
  ]);
}

async function countFree(tx: Tx, { organizationId, slotId }: Line, now: Date): Promise<number> {
  const { rows } = await tx.query<{ free: number }>(
    `select count(*)::int as free from appointment_seats where organization_id = $1 and slot_id = $2
        and (appointment_id is null or held_until < $3)`,
    [organizationId, slotId, now],
  );
  return rows[0]?.free ?? 0;
}

/** What anybody may check after a draw: the seed and the lots in their order. */
export async function listDraws(
  tx: Tx,
  { organizationId, session }: { organizationId: number; session: string },
): Promise<{ startsAt: Date; class: string; commitment: string; seed: string | null; drawnAt: Date | null; lots: number[] }[]> {
  const { rows } = await tx.query<{ starts_at: Date; class: string; seed: Buffer; drawn_at: Date | null; lots: number[] | null }>(
    `select t.starts_at, t.class, d.seed, d.drawn_at,
            (select array_agg(w.lot order by w.number) from appointment_waits w where w.organization_id = t.organization_id
                and w.slot_id = t.id and w.lot is not null) as lots
       from appointment_draws d join appointment_slots t on t.organization_id = d.organization_id and t.id = d.slot_id
       join appointment_sessions s on s.organization_id = t.organization_id and s.id = t.session_id
      where d.organization_id = $1 and s.code = $2 order by t.starts_at, t.class`,
    [organizationId, session],
  );
  return rows.map(({ starts_at: startsAt, seed, drawn_at: drawnAt, lots, ...row }) => ({
    ...{ startsAt, class: row.class, drawnAt, lots: lots ?? [] },
    commitment: createHash('sha256').update(seed).digest('hex'),
    seed: drawnAt === null ? null : seed.toString('hex'),
  }));
}
