/** What whoever runs Hazir sees of requests that go to departments' servers. */
import { HazirError } from '@hazir/core';
import type { Tx } from '@hazir/store';

export interface ListedForward {
  reference: string;
  organizationId: number;
  system: string;
  state: string;
  attempts: number;
  foreignId: string | null;
  problem: string | null;
  dueAt: Date | null;
}

/** Those that are not there yet first, then the latest. */
export async function listForwards(tx: Tx, limit: number): Promise<ListedForward[]> {
  const { rows } = await tx.query<ListedForward>(
    `select r.reference, f.organization_id as "organizationId", f.system, f.state, f.attempts, f.foreign_id as "foreignId", f.problem, f.due_at as "dueAt"
       from open311_forwards f join service_requests r
         on r.organization_id = f.organization_id and r.contact_id = f.contact_id and r.id = f.request_id
      order by f.state = 'linked', r.created_at desc limit $1`,
    [limit],
  );
  return rows;
}

/** Tries again what was given up; it is looked for first. Throws `usage:request` where there is no such one. */
export async function retryForward(tx: Tx, reference: string, now: Date): Promise<void> {
  const { rowCount } = await tx.query(
    `update open311_forwards f set state = case when f.token is null then 'asked' else 'token' end, attempts = 0, due_at = $2
       from service_request_references k
      where k.reference = $1 and f.organization_id = k.organization_id and f.contact_id = k.contact_id and f.request_id = k.request_id
        and f.state = 'ended'`,
    [reference, now],
  );
  if (rowCount !== 0) return;
  throw new HazirError('usage:request', `No request ${reference} was given up.`, { hint: 'See: hazir open311 forwards' });
}
