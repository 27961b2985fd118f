export const VIEWS = ['mine', 'unassigned', 'all', 'closed'] as const;

export type View = (typeof VIEWS)[number];

/** Whatever stands in the address. */
export function readView(search: Record<string, unknown>): { view?: View } {
  const view = VIEWS.find((one) => one === search.view);
  return view === undefined ? {} : { view };
}
