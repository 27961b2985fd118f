/** One talk: what was said, by whom, and the officer's words. The citizen never sees notes. */
import { Button, Center, CloseButton, Group, Loader, Menu, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { FullTicket } from '../api/client.ts';
import { meQuery, ticketQuery } from '../api/queries.ts';
import { Problem, useProblemText } from '../app/problem.tsx';
import { Composer } from './composer.tsx';
import classes from './ticket-panel.module.css';
import { useTicketAct } from './use-ticket-act.ts';

const OUTCOMES = ['solved', 'handed_over', 'unreachable', 'no_concern'] as const;

export function TicketPanel({ ticket: id }: { ticket: string }) {
  const found = useQuery(ticketQuery(id));
  if (found.isPending)
    return (
      <Center p="xl">
        <Loader type="dots" />
      </Center>
    );
  if (found.data === undefined) return <Problem error={found.error} retry={() => void found.refetch()} />;
  return <Panel ticket={found.data} />;
}

function Panel({ ticket }: { ticket: FullTicket }) {
  const me = useQuery(meQuery);
  const mine = ticket.assignee !== null && ticket.assignee.id === me.data?.officer.id;
  return (
    <article className={classes.panel} aria-labelledby="ticket-title">
      <Head ticket={ticket} mine={mine} />
      <Talk lines={ticket.lines} />
      {ticket.closedAt === null && <Composer ticket={ticket} mine={mine} />}
    </article>
  );
}

function Head({ ticket, mine }: { ticket: FullTicket; mine: boolean }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const textOf = useProblemText();
  const act = useTicketAct(ticket);
  const { contact, version } = ticket;
  return (
    <div className={classes.head}>
      <div>
        <Title order={1} size="h4" id="ticket-title">
          {contact.name ?? intl.formatMessage({ id: 'tickets.nameless' })}
        </Title>
        <Text size="sm" c="var(--dim)">
          {[contact.phone, contact.language, ticket.topic, ticket.summary].filter(Boolean).join(' · ')}
        </Text>
        {act.error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(act.error)}
          </Text>
        )}
      </div>
      <Group gap={8}>
        {ticket.closedAt === null && (
          <>
            <Button
              size="xs"
              variant={mine ? 'default' : 'filled'}
              onClick={() => act.mutate({ by: 'assignments', body: { take: !mine, version } })}
            >
              <FormattedMessage id={mine ? 'ticket.giveBack' : 'ticket.take'} />
            </Button>
            <Menu>
              <Menu.Target>
                <Button size="xs" variant="default">
                  <FormattedMessage id="ticket.close" />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {OUTCOMES.map((outcome) => (
                  <Menu.Item key={outcome} onClick={() => act.mutate({ by: 'closures', body: { outcome, version } })}>
                    <FormattedMessage id={`outcome.${outcome}`} />
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </>
        )}
        {ticket.outcome !== null && <FormattedMessage id={`outcome.${ticket.outcome}`} />}
        <CloseButton
          aria-label={intl.formatMessage({ id: 'keys.closeHelp' })}
          onClick={() => void navigate({ to: '/tickets', search: (kept) => kept })}
        />
      </Group>
    </div>
  );
}

function Talk({ lines }: { lines: FullTicket['lines'] }) {
  const intl = useIntl();
  const end = useRef<HTMLLIElement>(null);
  const newest = lines.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line is what is scrolled to.
  useEffect(() => void end.current?.scrollIntoView({ block: 'end' }), [newest]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <ol className={classes.talk} aria-label={intl.formatMessage({ id: 'ticket.talk' })} tabIndex={0}>
      {lines.map((line) => (
        <li key={line.id} className={classes.line} data-from={line.from} ref={line.id === newest ? end : undefined}>
          {line.text === '' ? <FormattedMessage id="ticket.noWords" values={{ kind: line.kind }} /> : line.text}
          <span className={classes.meta}>
            <FormattedMessage id={`from.${line.from}`} /> · {intl.formatTime(line.at)}
            {line.status !== null && (
              <>
                {' · '}
                <FormattedMessage id={`status.${line.status}`} />
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
