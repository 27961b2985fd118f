/** What an organization has asked of outside providers on a day: counted before each call, so that no crash can overspend. */
import type { Tx } from './database.ts';

export interface SpendingKey {
  organizationId: number;
  /** YYYY-MM-DD where the organization is. */
  day: string;
}

export interface Budget {
  callsPerDay: number;
  rupeesPerDay: number;
}

/** Counts one call more; false, and nothing is counted, when the day's budget is used up. */
export async function countProviderCall(tx: Tx, key: SpendingKey, budget: Budget): Promise<boolean> {
  if (budget.callsPerDay < 1) return false;
  const { rows } = await tx.query(
    `insert into provider_spending as s (organization_id, day, calls) values ($1, $2, 1)
     on conflict (organization_id, day) do update set calls = s.calls + 1 where s.calls < $3 and s.rupees < $4
     returning calls`,
    [key.organizationId, key.day, budget.callsPerDay, budget.rupeesPerDay],
  );
  return rows.length > 0;
}

/** Adds what a call has cost. */
export async function addProviderCost(tx: Tx, key: SpendingKey, rupees: number): Promise<void> {
  await tx.query('update provider_spending set rupees = rupees + $3 where organization_id = $1 and day = $2', [
    key.organizationId,
    key.day,
    rupees,
  ]);
}

/** Calls and rupees of a day. */
export async function providerSpending(tx: Tx, key: SpendingKey): Promise<{ calls: number; rupees: number }> {
  const { rows } = await tx.query<{ calls: number; rupees: number }>(
    'select calls, rupees::float8 as rupees from provider_spending where organization_id = $1 and day = $2',
    [key.organizationId, key.day],
  );
  return rows[0] ?? { calls: 0, rupees: 0 };
}
