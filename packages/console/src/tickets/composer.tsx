/** Where an officer writes. What is not sent yet stays on this device, whatever happens to the page. */
import { Button, FileButton, Group, Menu, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { client, type FullTicket } from '../api/client.ts';
import { helplineQuery } from '../api/queries.ts';
import { useProblemText } from '../app/problem.tsx';
import { filled, mentionsIn, repliesFor } from './replies.ts';
import classes from './ticket-panel.module.css';
import { useTicketAct } from './use-ticket-act.ts';

const MOST = 4_096;
const MOST_CAPTION = 1_024;
/** Colleagues and the citizen are told at most so often that somebody writes. */
const WRITING_MS = 4_000;
const TAKEN = 'application/pdf,image/jpeg,image/png,audio/ogg,audio/mpeg';

export function Composer({ ticket, mine, officer }: { ticket: FullTicket; mine: boolean; officer: string }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const [draft, write] = useDraft(ticket.id);
  const { data } = useQuery(helplineQuery);
  const act = useTicketAct(ticket, () => write(''));
  const tell = useTelling(ticket.id);
  const may = mine && ticket.openUntil !== null;
  const text = draft.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (may && text !== '' && !act.isPending) act.mutate({ by: 'messages', body: { text } });
  };
  const keep = () => act.mutate({ by: 'notes', body: { text, mentions: mentionsIn(text, data?.officers ?? []) } });
  const hint = !mine ? 'ticket.takeFirst' : ticket.openUntil === null ? 'ticket.windowClosed' : 'ticket.windowOpen';
  return (
    <form className={classes.composer} onSubmit={submit}>
      <Textarea
        aria-label={intl.formatMessage({ id: 'ticket.write' })}
        placeholder={intl.formatMessage({ id: 'ticket.write' })}
        value={draft}
        onChange={({ currentTarget: { value } }) => {
          write(value);
          if (may) tell();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
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
      <Text size="xs" c="var(--dim)">
        <FormattedMessage
          id={hint}
          values={{ time: intl.formatDate(ticket.openUntil ?? 0, { weekday: 'short', hour: 'numeric', minute: '2-digit' }) }}
        />
      </Text>
      <Group justify="space-between">
        <Group gap={8}>
          <Chooser
            text="ticket.replies"
            options={repliesFor(ticket, data?.replies ?? []).map((reply) => ({
              key: reply.code,
              label: filled(reply.text, ticket, officer),
            }))}
            choose={(label) => write(text === '' ? label : `${draft.trimEnd()} ${label}`)}
          />
          <Chooser
            text="ticket.mention"
            options={(data?.officers ?? []).map(({ id, name }) => ({ key: id, label: name }))}
            choose={(label) => write(`${draft.trimEnd()} @${label} `.trimStart())}
          />
          <FileButton
            accept={TAKEN}
            onChange={(file) => file !== null && act.mutate({ by: 'files', file, caption: text.slice(0, MOST_CAPTION) })}
          >
            {(shown) => (
              <Button {...shown} size="xs" variant="default" disabled={!may}>
                <FormattedMessage id="ticket.attach" />
              </Button>
            )}
          </FileButton>
        </Group>
        <Group gap={8}>
          <Button size="xs" variant="default" onClick={keep} disabled={text === ''}>
            <FormattedMessage id="ticket.note" />
          </Button>
          {mine && ticket.openUntil === null ? (
            <Button size="xs" loading={act.isPending} onClick={() => act.mutate({ by: 'invitations', body: {} })}>
              <FormattedMessage id="ticket.invite" />
            </Button>
          ) : (
            <Button size="xs" type="submit" loading={act.isPending} disabled={!may || text === ''}>
              <FormattedMessage id="ticket.send" />
            </Button>
          )}
        </Group>
      </Group>
    </form>
  );
}

interface Option {
  key: string;
  label: string;
}

function Chooser({ text, options, choose }: { text: string; options: readonly Option[]; choose: (label: string) => void }) {
  if (options.length === 0) return null;
  return (
    <Menu position="top-start" width={340}>
      <Menu.Target>
        <Button size="xs" variant="default">
          <FormattedMessage id={text} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.options}>
        {options.map(({ key, label }) => (
          <Menu.Item key={key} onClick={() => choose(label)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useDraft(ticket: string): [string, (text: string) => void] {
  const key = `hazir.draft.${ticket}`;
  const [draft, setDraft] = useState(() => localStorage.getItem(key) ?? '');
  const write = (text: string) => {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    setDraft(text);
  };
  return [draft, write];
}

/** Says once in a while that this officer looks, and writes. Nothing depends on it. */
function useTelling(ticket: string): () => void {
  const told = useRef(0);
  const say = (writing: boolean) =>
    void client.POST('/tickets/{ticket}/presence', { params: { path: { ticket } }, body: { writing } }).catch(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each talk that is opened.
  useEffect(() => say(false), [ticket]);
  return () => {
    const now = Date.now();
    if (now - told.current < WRITING_MS) return;
    told.current = now;
    say(true);
  };
}
