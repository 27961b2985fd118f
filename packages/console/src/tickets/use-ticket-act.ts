/** Doing something with a ticket; once, however often the key is pressed or the line is cut. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, client, type Ticket } from '../api/client.ts';
import type { paths } from '../api/generated/schema.d.ts';

type Name = 'messages' | 'notes' | 'assignments' | 'transfers' | 'follow-ups' | 'invitations' | 'closures';
type Body<By extends Name> = paths[`/tickets/{ticket}/${By}`]['post']['requestBody']['content']['application/json'];

export type TicketAct = { [By in Name]: { by: By; body: Body<By> } }[Name] | { by: 'files'; file: File; caption: string };

export function useTicketAct({ id }: Pick<Ticket, 'id'>, done?: () => void) {
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: (act: TicketAct) => send(id, act, key.current),
    onSuccess: () => {
      key.current = crypto.randomUUID();
      done?.();
    },
    // Whoever was slower sees how it stands now.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['ticket', id] }),
        queries.invalidateQueries({ queryKey: ['tickets'] }),
      ]),
  });
}

function send(ticket: string, act: TicketAct, key: string): Promise<Ticket> {
  const params = { path: { ticket }, header: { 'idempotency-key': key } };
  switch (act.by) {
    case 'files': {
      const query = { name: act.file.name, caption: act.caption };
      return answerOf(
        client.POST('/tickets/{ticket}/files', {
          params: { ...params, query },
          headers: { 'content-type': 'application/octet-stream' },
          body: '',
          bodySerializer: () => act.file,
        }),
      );
    }
    case 'messages':
      return answerOf(client.POST('/tickets/{ticket}/messages', { params, body: act.body }));
    case 'notes':
      return answerOf(client.POST('/tickets/{ticket}/notes', { params, body: act.body }));
    case 'assignments':
      return answerOf(client.POST('/tickets/{ticket}/assignments', { params, body: act.body }));
    case 'transfers':
      return answerOf(client.POST('/tickets/{ticket}/transfers', { params, body: act.body }));
    case 'follow-ups':
      return answerOf(client.POST('/tickets/{ticket}/follow-ups', { params, body: act.body }));
    case 'invitations':
      return answerOf(client.POST('/tickets/{ticket}/invitations', { params, body: act.body }));
    case 'closures':
      return answerOf(client.POST('/tickets/{ticket}/closures', { params, body: act.body }));
  }
}
