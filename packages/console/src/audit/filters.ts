/** Which entries of the log are shown, as it stands in the address. Days are those of the officer's clock. */
import type { AuditQuery } from '../api/queries.ts';

export interface AuditFilters {
  actor?: string;
  action?: NonNullable<AuditQuery['action']>;
  subject?: string;
  contact?: string;
  from?: string;
  to?: string;
}

const MOST = 100;

/** Whatever stands in the address; an action that is none is answered by the server. */
export function readAuditFilters(search: Record<string, unknown>): AuditFilters {
  const filters: Record<string, string> = {};
  for (const name of ['actor', 'action', 'subject', 'contact']) {
    const value = search[name];
    const said = typeof value === 'number' ? String(value) : value;
    if (typeof said === 'string' && said !== '') filters[name] = said.slice(0, MOST);
  }
  for (const name of ['from', 'to']) {
    const value = search[name];
    if (typeof value === 'string' && midnightOf(value) !== undefined) filters[name] = value;
  }
  return filters;
}

export function auditQueryOf({ from, to, ...same }: AuditFilters): AuditQuery {
  const begin = from && midnightOf(from);
  const last = to && midnightOf(to);
  // The last day is shown whole.
  if (last) last.setDate(last.getDate() + 1);
  return { ...same, ...(begin && { from: begin.toISOString() }), ...(last && { to: last.toISOString() }) };
}

function midnightOf(day: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const date = new Date(`${day}T00:00:00`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
