/** Which requests a list shows, as it stands in the address. */
import type { CountQuery, RequestQuery } from '../api/queries.ts';

export interface Filters {
  kind?: 'open' | 'working' | 'waiting' | 'closed';
  department?: string;
  area?: string;
  category?: string;
  overdue?: true;
  reference?: string;
  /** How it is shown; a list when absent. */
  show?: 'board' | 'map';
}

const SHOWS = ['board', 'map'] as const;
const KINDS = ['open', 'working', 'waiting', 'closed'] as const;
const MOST = 100;

/** Whatever stands in the address: what is no filter is left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const kind = KINDS.find((one) => one === search.kind);
  const show = SHOWS.find((one) => one === search.show);
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
    ...(show !== undefined && { show }),
  };
}

export function queryOf({ overdue, show: _, ...filters }: Filters): RequestQuery {
  return { ...filters, ...(overdue === true && { overdue: 'true' as const }) };
}

/** What numbers by area are narrowed by. */
export function countFilterOf({ department, area, category }: Filters): CountQuery {
  return { ...(department && { department }), ...(area && { area }), ...(category && { category }) };
}

export function isFiltered({ show: _, ...filters }: Filters): boolean {
  return Object.keys(filters).length > 0;
}
