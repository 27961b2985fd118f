/** What a run would do: which rows of which tables are past the retention of their organizations. */
import { countRows, listPolicies, listSources, type RetentionPolicy, type Source, type Tx } from '@hazir/store';

export interface ArchiveTask {
  source: Source;
  /** drop: nobody keeps anything of the table. delete: others keep theirs, these rows leave one by one. */
  mode: 'drop' | 'delete';
  parts: { organizationId: number; organization: string; rows: number; before: Date | null }[];
}

export async function planArchive(tx: Tx, now: Date): Promise<ArchiveTask[]> {
  const policies = await listPolicies(tx);
  const tasks: ArchiveTask[] = [];
  for (const source of await listSources(tx)) {
    const task =
      source.month === undefined
        ? await planDefault(tx, source, { policies, now })
        : await planMonth(tx, source, { policies, now });
    if (task !== undefined) tasks.push(task);
  }
  return tasks;
}

interface Rules {
  policies: readonly RetentionPolicy[];
  now: Date;
}

async function planMonth(tx: Tx, source: Source, { policies, now }: Rules): Promise<ArchiveTask | undefined> {
  const end = monthsAfter(source.month ?? now, 1);
  // What an earlier run has taken off is finished, whatever the policies say now.
  const isPast = (policy: RetentionPolicy) => !source.attached || end <= keptFrom(policy, now);
  if (end > monthsAfter(now, -1) || (policies.length > 0 && !policies.some(isPast))) return undefined;
  const counts = await countRows(tx, source, null);
  const past = policies.filter((policy) => isPast(policy) && counts.has(policy.organizationId));
  const parts = past.map(({ organizationId, organization }) => ({
    ...{ organizationId, organization, before: null },
    rows: counts.get(organizationId) ?? 0,
  }));
  if (counts.size === parts.length) return { source, mode: 'drop', parts };
  return parts.length === 0 ? undefined : { source, mode: 'delete', parts };
}

async function planDefault(tx: Tx, source: Source, { policies, now }: Rules): Promise<ArchiveTask | undefined> {
  const parts: ArchiveTask['parts'] = [];
  for (const policy of policies) {
    const before = keptFrom(policy, now);
    const rows = (await countRows(tx, source, before)).get(policy.organizationId) ?? 0;
    if (rows > 0) parts.push({ organizationId: policy.organizationId, organization: policy.organization, rows, before });
  }
  return parts.length === 0 ? undefined : { source, mode: 'delete', parts };
}

/** The running month and so many whole months before it are kept. */
function keptFrom({ months }: RetentionPolicy, now: Date): Date {
  return monthsAfter(now, -months);
}

function monthsAfter(date: Date, months: number): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months));
}
