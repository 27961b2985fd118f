import { lifeCycleOf, type RequestDesk } from '../desk.ts';

/** Open311's word for a state: whatever is not closed is open. */
export function openOrClosed(kind: string): 'open' | 'closed' {
  return kind === 'closed' ? 'closed' : 'open';
}

/** The same for a state that a request was in; one that the pack has dropped was open. */
export function statusIn(desk: RequestDesk, serviceCode: string, state: string): 'open' | 'closed' {
  return openOrClosed(lifeCycleOf(desk, serviceCode).states.get(state)?.kind ?? 'open');
}
