/** Where an officer writes. What is not sent yet stays on this device, whatever happens to the page. */
import { Button, Group, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { FullTicket } from '../api/client.ts';
import { useProblemText } from '../app/problem.tsx';
import classes from './ticket-panel.module.css';
import { useTicketAct } from './use-ticket-act.ts';

const MOST = 4_096;

export function Composer({ ticket, mine }: { ticket: FullTicket; mine: boolean }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const key = `hazir.draft.${ticket.id}`;
  const [draft, setDraft] = useState(() => localStorage.getItem(key) ?? '');
  const write = (text: string) => {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    setDraft(text);
  };
  const act = useTicketAct(ticket, () => write(''));
  const may = mine && ticket.openUntil !== null;
  const send = (by: 'messages' | 'notes') => {
    if (draft.trim() !== '') act.mutate({ by, body: { text: draft.trim() } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (may) send('messages');
  };
  const hint = !mine ? 'ticket.takeFirst' : ticket.openUntil === null ? 'ticket.windowClosed' : 'ticket.windowOpen';
  return (
    <form className={classes.composer} onSubmit={submit}>
      <Textarea
        aria-label={intl.formatMessage({ id: 'ticket.write' })}
        placeholder={intl.formatMessage({ id: 'ticket.write' })}
        value={draft}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          submit(event);
        }}
        maxLength={MOST}
        autosize
        minRows={2}
        maxRows={8}
      />
      {act.error !== null && (
        <Text role="alert" size="sm" c="var(--late)">
          {textOf(act.error)}
        </Text>
      )}
      <Group justify="space-between">
        <Text size="xs" c="var(--dim)">
          <FormattedMessage
            id={hint}
            values={{ time: intl.formatDate(ticket.openUntil ?? 0, { weekday: 'short', hour: 'numeric', minute: '2-digit' }) }}
          />
        </Text>
        <Group gap={8}>
          <Button size="xs" variant="default" onClick={() => send('notes')} disabled={draft.trim() === ''}>
            <FormattedMessage id="ticket.note" />
          </Button>
          <Button size="xs" type="submit" loading={act.isPending} disabled={!may || draft.trim() === ''}>
            <FormattedMessage id="ticket.send" />
          </Button>
        </Group>
      </Group>
    </form>
  );
}
