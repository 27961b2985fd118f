/** Figures of service requests over some days. */
import type { Tx } from '@hazir/store';

export interface RequestFigures {
  perDay: { day: string; opened: number; closed: number }[];
  /** Null: of no department, or of no area. */
  departments: { code: string | null; opened: number; closed: number; late: number }[];
  areas: { code: string | null; opened: number; closed: number; late: number }[];
  rating: number | null;
}

interface Asked {
  organizationId: number;
  since: Date;
  now: Date;
  /** IANA name: where a day begins. */
  timeZone: string;
}

/** `late`: closed after its due time, or open beyond it. */
export async function requestFigures(tx: Tx, { organizationId, since, now, timeZone }: Asked): Promise<RequestFigures> {
  const perDay = await tx.query<{ day: string; opened: number; closed: number }>(
    `select day, sum(opened)::int as opened, sum(closed)::int as closed from (
       select to_char(created_at at time zone $3, 'YYYY-MM-DD') as day, 1 as opened, 0 as closed from service_requests where organization_id = $1 and created_at >= $2
       union all
       select to_char(closed_at at time zone $3, 'YYYY-MM-DD'), 0, 1 from service_requests where organization_id = $1 and created_at >= $2 and closed_at is not null) all_days
      group by 1 order by 1`,
    [organizationId, since, timeZone],
  );
  const by = async (column: 'department' | 'area') => {
    const { rows } = await tx.query<{ code: string | null; opened: number; closed: number; late: number }>(
      `select ${column} as code, count(*)::int as opened, count(closed_at)::int as closed,
              count(*) filter (where due_at is not null and coalesce(closed_at, $3) > due_at)::int as late
         from service_requests where organization_id = $1 and created_at >= $2 group by 1 order by 2 desc, 1 nulls last limit 300`,
      [organizationId, since, now],
    );
    return rows;
  };
  const { rows } = await tx.query<{ rating: number | null }>(
    'select avg(rating)::float as rating from service_requests where organization_id = $1 and created_at >= $2 and rating is not null',
    [organizationId, since],
  );
  return { perDay: perDay.rows, departments: await by('department'), areas: await by('area'), rating: rows[0]?.rating ?? null };
}
