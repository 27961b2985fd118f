/** What stands in the address of the helpline: which talks, of which desk, found by what. */
export const VIEWS = ['mine', 'offered', 'unassigned', 'all', 'mentioned', 'closed'] as const;

export type View = (typeof VIEWS)[number];

export interface TicketFilters {
  view?: View;
  desk?: string;
  search?: string;
}

const MOST = 60;

/** Whatever stands in the address. */
export function readTicketFilters(search: Record<string, unknown>): TicketFilters {
  const view = VIEWS.find((one) => one === search.view);
  const text = (name: string) => {
    const given = search[name];
    const said = typeof given === 'string' || typeof given === 'number' ? String(given).trim().slice(0, MOST) : '';
    return said === '' ? undefined : said;
  };
  const [desk, wanted] = [text('desk'), text('search')];
  return { ...(view && { view }), ...(desk && { desk }), ...(wanted && { search: wanted }) };
}
