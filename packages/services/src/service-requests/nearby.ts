/** Open requests of a category near a place: what somebody is about to report may have been reported. */
import type { Tx } from '@hazir/store';
import { degreesOf, distance, type Point } from '../data/geometry.ts';
import { REQUEST_COLUMNS, type RequestRow } from './records.ts';

export interface NearRequest {
  row: RequestRow;
  /** As the crow flies. */
  metres: number;
}

/** Candidates that are looked at: a place with more of one kind is no place to choose from. */
const MOST_LOOKED_AT = 200;

/** The nearest first. */
export async function findNearby(
  tx: Tx,
  organizationId: number,
  { serviceCode, at, metres, limit }: { serviceCode: string; at: Point; metres: number; limit: number },
): Promise<NearRequest[]> {
  const span = degreesOf(metres, at);
  const { rows } = await tx.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from service_requests r
      where r.organization_id = $1 and r.service_code = $2 and r.closed_at is null and r.latitude is not null
        and r.latitude between $3 and $4 and r.longitude between $5 and $6 limit $7`,
    [
      ...[organizationId, serviceCode, at.latitude - span.latitude, at.latitude + span.latitude],
      ...[at.longitude - span.longitude, at.longitude + span.longitude, MOST_LOOKED_AT],
    ],
  );
  return rows
    .map((row) => ({ row, metres: distance(at, { latitude: row.latitude ?? 0, longitude: row.longitude ?? 0 }) }))
    .filter((near) => near.metres <= metres)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, limit);
}
