/** One talk: who it is, what was said, by whom, and the officer's words. The citizen never sees notes. */
import { Badge, Button, CloseButton, Group, Menu, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { FullTicket } from '../api/client.ts';
import { helplineQuery, meQuery, ticketQuery } from '../api/queries.ts';
import { Loaded } from '../app/loaded.tsx';
import { useProblemText } from '../app/problem.tsx';
import { Composer } from './composer.tsx';
import { Talk } from './talk.tsx';
import { TicketDialog, type Wanted } from './ticket-dialog.tsx';
import classes from './ticket-panel.module.css';
import { useTicketAct } from './use-ticket-act.ts';

export function TicketPanel({ ticket: id }: { ticket: string }) {
  const found = useQuery(ticketQuery(id));
  return <Loaded found={found}>{(ticket) => <Panel ticket={ticket} />}</Loaded>;
}

function Panel({ ticket }: { ticket: FullTicket }) {
  const me = useQuery(meQuery);
  const [wanted, setWanted] = useState<Wanted>();
  const mine = ticket.assignee !== null && ticket.assignee.id === me.data?.officer.id;
  const may = me.data?.permissions.includes('tickets.act') === true && ticket.closedAt === null;
  return (
    <article className={classes.panel} aria-labelledby="ticket-title">
      <header className={classes.head}>
        <Who ticket={ticket} />
        {may ? <Acts ticket={ticket} mine={mine} want={setWanted} /> : <Outcome ticket={ticket} />}
        <Leave />
        <About ticket={ticket} />
      </header>
      <Talk ticket={ticket} />
      {may && <Composer ticket={ticket} mine={mine} officer={me.data?.officer.name ?? ''} />}
      {wanted !== undefined && <TicketDialog ticket={ticket} wanted={wanted} close={() => setWanted(undefined)} />}
    </article>
  );
}

function Who({ ticket }: { ticket: FullTicket }) {
  const intl = useIntl();
  const { contact, number, topicName, priority, quiet, reopened } = ticket;
  return (
    <div className={classes.who}>
      <Title order={1} size="h4" id="ticket-title">
        {contact.name ?? intl.formatMessage({ id: 'tickets.nameless' })}{' '}
        {priority === 1 && (
          <Badge variant="outline" color="red" c="var(--late)">
            <FormattedMessage id="tickets.danger" />
          </Badge>
        )}{' '}
        {quiet && (
          <Badge variant="outline" color="orange" c="var(--soon)">
            <FormattedMessage id="ticket.quiet" />
          </Badge>
        )}
      </Title>
      <Text size="sm" c="var(--dim)">
        {[`#${number}`, contact.phone, contact.language, topicName].filter(Boolean).join(' · ')}
        {reopened > 0 && (
          <>
            {' · '}
            <FormattedMessage id="ticket.reopened" values={{ count: reopened }} />
          </>
        )}
      </Text>
    </div>
  );
}

function Acts({ ticket, mine, want }: { ticket: FullTicket; mine: boolean; want: (wanted: Wanted) => void }) {
  const textOf = useProblemText();
  const act = useTicketAct(ticket);
  const { data } = useQuery(helplineQuery);
  const { version, assignee } = ticket;
  return (
    <Group gap={8}>
      <Button
        size="xs"
        variant={mine ? 'default' : 'filled'}
        loading={act.isPending}
        onClick={() => act.mutate({ by: 'assignments', body: { take: !mine, version } })}
      >
        <FormattedMessage
          id={mine ? 'ticket.giveBack' : assignee === null ? 'ticket.take' : 'ticket.takeOver'}
          values={{ name: assignee?.name ?? '' }}
        />
      </Button>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default">
            <FormattedMessage id="ticket.more" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(data?.desks.length ?? 0) > 0 && (
            <Menu.Item onClick={() => want('transfers')}>
              <FormattedMessage id="ticket.transfer" />
            </Menu.Item>
          )}
          <Menu.Item onClick={() => want('follow-ups')}>
            <FormattedMessage id="ticket.followUp" />
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button size="xs" variant="default" onClick={() => want('closures')}>
        <FormattedMessage id="ticket.close" />
      </Button>
      {act.error !== null && (
        <Text role="alert" size="sm" c="var(--late)">
          {textOf(act.error)}
        </Text>
      )}
    </Group>
  );
}

function Outcome({ ticket: { outcome, feedback } }: { ticket: FullTicket }) {
  return (
    <Text size="sm">
      {outcome !== null && <FormattedMessage id={`outcome.${outcome}`} />}
      {feedback !== null && (
        <>
          {' · '}
          <FormattedMessage id={`feedback.${feedback}`} />
        </>
      )}
    </Text>
  );
}

function Leave() {
  const intl = useIntl();
  const navigate = useNavigate();
  return (
    <CloseButton
      aria-label={intl.formatMessage({ id: 'keys.closeHelp' })}
      onClick={() => void navigate({ to: '/tickets', search: (kept) => kept })}
    />
  );
}

/** What is known before the first word: why they wait, what the flow has asked, who is coming. */
function About({ ticket }: { ticket: FullTicket }) {
  const intl = useIntl();
  const { summary, details, coming, calls, followUpAt } = ticket;
  if (summary === '' && details.length === 0 && coming === null && calls === 0 && followUpAt === null) return null;
  return (
    <dl className={classes.about}>
      {summary !== '' && (
        <div>
          <dt>
            <FormattedMessage id="ticket.summary" />
          </dt>
          <dd>{summary}</dd>
        </div>
      )}
      {details.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {calls > 0 && (
        <div>
          <dt>
            <FormattedMessage id="ticket.onCall" />
          </dt>
          <dd>
            <FormattedMessage
              id={coming === null ? 'ticket.called' : 'ticket.coming'}
              values={{ count: calls, name: coming ?? '' }}
            />
          </dd>
        </div>
      )}
      {followUpAt !== null && (
        <div>
          <dt>
            <FormattedMessage id="ticket.followUp" />
          </dt>
          <dd>
            {intl.formatDate(followUpAt, {
              weekday: 'short',
              day: 'numeric',
              month: 'short',
              hour: 'numeric',
              minute: '2-digit',
            })}
          </dd>
        </div>
      )}
    </dl>
  );
}
