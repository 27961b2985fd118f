/** Doing something with a ticket; once, however often the key is pressed or the line is cut. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, client, type Ticket } from '../api/client.ts';

type Outcome = NonNullable<Ticket['outcome']>;

export type TicketAct =
  | { by: 'messages' | 'notes'; body: { text: string } }
  | { by: 'assignments'; body: { take: boolean; version: number } }
  | { by: 'closures'; body: { outcome: Outcome; version: number } };

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
    case 'messages':
      return answerOf(client.POST('/tickets/{ticket}/messages', { params, body: act.body }));
    case 'notes':
      return answerOf(client.POST('/tickets/{ticket}/notes', { params, body: act.body }));
    case 'assignments':
      return answerOf(client.POST('/tickets/{ticket}/assignments', { params, body: act.body }));
    case 'closures':
      return answerOf(client.POST('/tickets/{ticket}/closures', { params, body: act.body }));
  }
}
