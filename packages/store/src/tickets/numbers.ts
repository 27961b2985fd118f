/** Figures of the helpline over some days. */
import type { Tx } from '../database.ts';

export interface TicketFigures {
  perDay: { day: string; count: number }[];
  topics: { topic: string; count: number }[];
  total: number;
  /** Minutes to the officer's first words; null where nobody was answered. */
  waitP50: number | null;
  waitP90: number | null;
  closed: number;
  yes: number;
  partly: number;
  no: number;
}

interface Asked {
  organizationId: number;
  since: Date;
  /** IANA name: where a day begins. */
  timeZone: string;
}

export async function ticketFigures(tx: Tx, { organizationId, since, timeZone }: Asked): Promise<TicketFigures> {
  const values = [organizationId, since];
  const perDay = await tx.query<{ day: string; count: number }>(
    `select to_char(opened_at at time zone $3, 'YYYY-MM-DD') as day, count(*)::int as count from tickets
      where organization_id = $1 and opened_at >= $2 group by 1 order by 1`,
    [...values, timeZone],
  );
  const topics = await tx.query<{ topic: string; count: number }>(
    'select topic, count(*)::int as count from tickets where organization_id = $1 and opened_at >= $2 group by 1 order by 2 desc, 1 limit 50',
    values,
  );
  const { rows } = await tx.query<Omit<TicketFigures, 'perDay' | 'topics'>>(
    `select count(*)::int as total, count(closed_at)::int as closed,
            percentile_cont(0.5) within group (order by extract(epoch from first_answered_at - opened_at) / 60) as "waitP50",
            percentile_cont(0.9) within group (order by extract(epoch from first_answered_at - opened_at) / 60) as "waitP90",
            count(*) filter (where feedback = 'yes')::int as yes, count(*) filter (where feedback = 'partly')::int as partly,
            count(*) filter (where feedback = 'no')::int as no
       from tickets where organization_id = $1 and opened_at >= $2`,
    values,
  );
  const all = rows[0] ?? { total: 0, closed: 0, waitP50: null, waitP90: null, yes: 0, partly: 0, no: 0 };
  return { ...all, perDay: perDay.rows, topics: topics.rows };
}
