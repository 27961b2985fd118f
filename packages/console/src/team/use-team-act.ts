/** A change of the team; the list is asked for again, also when somebody else was faster. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, client, type MemberChanged } from '../api/client.ts';
import { meQuery, type TeamBody, teamQuery } from '../api/queries.ts';

export type TeamAct =
  | { by: 'add'; body: TeamBody<'/team'> }
  | { by: 'grant'; officer: string; body: TeamBody<'/team/{officer}/roles'> }
  | { by: 'revoke'; officer: string; grant: string }
  | { by: 'suspend'; officer: string; suspended: boolean }
  | { by: 'link'; officer: string };

export function useTeamAct(done?: (changed: MemberChanged) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (changed) => done?.(changed),
    onSettled: () => Promise.all([queries.invalidateQueries(teamQuery), queries.invalidateQueries(meQuery)]),
  });
}

function send(act: TeamAct): Promise<MemberChanged> {
  if (act.by === 'add') return answerOf(client.POST('/team', { body: act.body }));
  const path = { officer: act.officer };
  switch (act.by) {
    case 'grant':
      return answerOf(client.POST('/team/{officer}/roles', { params: { path }, body: act.body }));
    case 'revoke':
      return answerOf(client.DELETE('/team/{officer}/roles/{grant}', { params: { path: { ...path, grant: act.grant } } }));
    case 'suspend':
      return answerOf(client.POST('/team/{officer}/suspensions', { params: { path }, body: { suspended: act.suspended } }));
    case 'link':
      return answerOf(client.POST('/team/{officer}/links', { params: { path }, body: {} }));
  }
}
