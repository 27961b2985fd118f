/** What officers see: the requests of an organization, the ones that are due first. */
import type { Tx } from '@hazir/store';
import type { RequestStatus } from './life-cycle.ts';

export interface ListedRequest {
  reference: string;
  serviceCode: string;
  status: RequestStatus;
  area: string | null;
  createdAt: Date;
  expectedAt: Date | null;
  organizationId: number;
}

/** Open requests by due time, then the latest closed ones. */
export async function listServiceRequests(tx: Tx, limit: number): Promise<ListedRequest[]> {
  const { rows } = await tx.query<ListedRequest>(
    `select organization_id as "organizationId", reference, service_code as "serviceCode", status, area, created_at as "createdAt", expected_at as "expectedAt"
       from service_requests order by status = 'closed', expected_at nulls last, created_at desc limit $1`,
    [limit],
  );
  return rows;
}

/** The organizations that have given out this reference: mostly one. */
export async function organizationsWithReference(tx: Tx, reference: string): Promise<number[]> {
  const { rows } = await tx.query<{ organizationId: number }>(
    'select organization_id as "organizationId" from service_request_references where reference = $1',
    [reference],
  );
  return rows.map((row) => row.organizationId);
}
