/** The helpline: who waits for a person, and the talk with them. */
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Ticket } from '../api/client.ts';
import { ticketsQuery } from '../api/queries.ts';
import { durationOf } from '../app/duration.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useRowKeys } from '../app/use-row-keys.ts';
import { VIEWS, type View } from './views.ts';

const route = getRouteApi('/tickets');

export function TicketsPage() {
  const intl = useIntl();
  const navigate = useNavigate();
  const { view = 'all' } = route.useSearch();
  const found = useQuery(ticketsQuery(view));
  const matched = useMatchRoute()({ to: '/tickets/$ticket' });
  const open = matched === false ? undefined : matched.ticket;
  const choose = (wanted: string) =>
    void navigate({ to: '/tickets', search: { view: VIEWS.find((one) => one === wanted) ?? 'all' } });
  const tickets = found.data?.tickets ?? [];
  const views = (
    <SegmentedControl
      aria-label={intl.formatMessage({ id: 'tickets.view' })}
      size="xs"
      value={view}
      onChange={choose}
      data={VIEWS.map((value) => ({ value, label: intl.formatMessage({ id: `tickets.${value}` }) }))}
    />
  );
  return (
    <ListPage
      title="nav.tickets"
      filters={views}
      found={found}
      empty={tickets.length === 0 ? 'tickets.none' : undefined}
      open={open !== undefined}
    >
      <Rows tickets={tickets} open={open} view={view} />
    </ListPage>
  );
}

function Rows({ tickets, open, view }: { tickets: readonly Ticket[]; open: string | undefined; view: View }) {
  const rows = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const close = useMemo(
    () => (open === undefined ? undefined : () => void navigate({ to: '/tickets', search: { view } })),
    [open, view, navigate],
  );
  useRowKeys(rows, close);
  return (
    <ul className={list.rows} ref={rows}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Row ticket={ticket} current={ticket.id === open} view={view} />
        </li>
      ))}
    </ul>
  );
}

function Row({ ticket, current, view }: { ticket: Ticket; current: boolean; view: View }) {
  const { formatMessage } = useIntl();
  const age = durationOf(Date.now() - new Date(ticket.openedAt).getTime(), formatMessage);
  return (
    <Link
      className={list.row}
      data-two-lines=""
      to="/tickets/$ticket"
      params={{ ticket: ticket.id }}
      search={{ view }}
      aria-current={current}
    >
      <span className={list.name}>
        {ticket.contact.name ?? ticket.contact.phone ?? formatMessage({ id: 'tickets.nameless' })}
      </span>
      <span className={list.due} style={{ color: ticket.priority === 1 ? 'var(--late)' : undefined }}>
        {ticket.priority === 1 ? <FormattedMessage id="tickets.danger" /> : age}
      </span>
      <span className={list.state}>{ticket.summary === '' ? ticket.topic : ticket.summary}</span>
      <span className={list.reference}>{ticket.waiting ? <FormattedMessage id="tickets.waits" /> : ticket.assignee?.name}</span>
    </Link>
  );
}
