/** Which requests a list shows, as it stands in the address. */
import type { RequestQuery } from '../api/queries.ts';

export interface Filters {
  kind?: 'open' | 'working' | 'waiting' | 'closed';
  department?: string;
  area?: string;
  category?: string;
  overdue?: true;
  reference?: string;
}

const KINDS = ['open', 'working', 'waiting', 'closed'] as const;
const MOST = 100;

/** Whatever stands in the address: what is no filter is left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const kind = KINDS.find((one) => one === search.kind);
  const text = (name: string) => {
    const value = search[name];
    const said = typeof value === 'number' ? String(value) : value;
    return typeof said === 'string' && said !== '' ? { [name]: said.slice(0, MOST) } : {};
  };
  return {
    ...(kind !== undefined && { kind }),
    ...(search.overdue === true && { overdue: true as const }),
    ...text('department'),
    ...text('area'),
    ...text('category'),
    ...text('reference'),
  };
}

export function queryOf({ overdue, ...filters }: Filters): RequestQuery {
  return { ...filters, ...(overdue === true && { overdue: 'true' as const }) };
}

export function isFiltered(filters: Filters): boolean {
  return Object.keys(filters).length > 0;
}
