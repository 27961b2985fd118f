/** Who of the team is shown, as it stands in the address. */
import type { Member } from '../api/client.ts';

type State = Member['state'];
type Role = Member['roles'][number]['role'];

export interface TeamFilters {
  search?: string;
  role?: Role;
  state?: State;
}

export const STATES = ['active', 'invited', 'suspended', 'closed'] as const satisfies readonly State[];
export const ROLES = ['officer', 'agent', 'supervisor', 'manager', 'administrator'] as const satisfies readonly Role[];
const MOST = 100;

/** Whatever stands in the address: what is no filter is left out. */
export function readTeamFilters({ search, role, state }: Record<string, unknown>): TeamFilters {
  const foundRole = ROLES.find((one) => one === role);
  const foundState = STATES.find((one) => one === state);
  const words = typeof search === 'number' ? String(search) : search;
  return {
    ...(typeof words === 'string' && words !== '' && { search: words.slice(0, MOST) }),
    ...(foundRole && { role: foundRole }),
    ...(foundState && { state: foundState }),
  };
}

export function isShown({ search, role, state }: TeamFilters, { name, email, roles, state: is }: Member): boolean {
  const wanted = search?.toLocaleLowerCase() ?? '';
  const named = `${name} ${email}`.toLocaleLowerCase().includes(wanted);
  return named && (state === undefined || state === is) && (role === undefined || roles.some((one) => one.role === role));
}
