/** Doing something to a request: sent with the version that the officer saw, once however often the key is pressed. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, client, codeOf, type FullRequest, type Standing } from '../api/client.ts';

export type Act =
  | { by: 'moves'; body: { move: string; note?: string; reason?: string } }
  | { by: 'notes'; body: { note: string } }
  | { by: 'transfers'; body: { to: { category?: string; department?: string; post?: string }; note?: string } }
  | { by: 'assignments'; body: { post: string; note?: string } }
  | { by: 'merges'; body: { into: string; note?: string } };

export function useAct({ reference, version }: Pick<FullRequest, 'reference' | 'version'>, done: () => void) {
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const again = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['request', reference] }),
      queries.invalidateQueries({ queryKey: ['requests'] }),
    ]);
  return useMutation({
    mutationFn: (act: Act) => send(reference, { act, version, key: key.current }),
    onSuccess: async () => {
      key.current = crypto.randomUUID();
      await again();
      done();
    },
    // Whoever was slower sees how it stands now.
    onError: (error) => (codeOf(error) === 'service-requests:changed-meanwhile' ? again() : undefined),
  });
}

/** Sends an act; under its key it is done once. */
export function send(reference: string, { act, version, key }: { act: Act; version: number; key: string }): Promise<Standing> {
  const params = { path: { reference }, header: { 'idempotency-key': key } };
  switch (act.by) {
    case 'moves':
      return answerOf(client.POST('/requests/{reference}/moves', { params, body: { ...act.body, version } }));
    case 'notes':
      return answerOf(client.POST('/requests/{reference}/notes', { params, body: { ...act.body, version } }));
    case 'transfers':
      return answerOf(client.POST('/requests/{reference}/transfers', { params, body: { ...act.body, version } }));
    case 'assignments':
      return answerOf(client.POST('/requests/{reference}/assignments', { params, body: { ...act.body, version } }));
    case 'merges':
      return answerOf(client.POST('/requests/{reference}/merges', { params, body: { ...act.body, version } }));
  }
}
