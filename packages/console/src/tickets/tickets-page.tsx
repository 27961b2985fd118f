/** The helpline: who waits for a person, and the talk with them. */
import { Badge, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Ticket } from '../api/client.ts';
import { helplineQuery, ticketsQuery } from '../api/queries.ts';
import { durationOf } from '../app/duration.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useKeys } from '../app/shortcuts.tsx';
import { useMore } from '../app/use-more.ts';
import { VirtualRows } from '../app/virtual-rows.tsx';
import { type TicketFilters, VIEWS } from './views.ts';

const route = getRouteApi('/tickets');

export function TicketsPage() {
  const navigate = useNavigate();
  const filters = route.useSearch();
  const { view = 'all' } = filters;
  const found = useInfiniteQuery(ticketsQuery({ ...filters, view }));
  const matched = useMatchRoute()({ to: '/tickets/$ticket' });
  const open = matched === false ? undefined : matched.ticket;
  const tickets = useMemo(() => found.data?.pages.flatMap((page) => page.tickets) ?? [], [found.data]);
  const close = useMemo(
    () => (open === undefined ? undefined : () => void navigate({ to: '/tickets', search: filters })),
    [open, filters, navigate],
  );
  return (
    <ListPage
      title="nav.tickets"
      filters={<Filters filters={filters} />}
      found={found}
      empty={tickets.length === 0 ? 'tickets.none' : undefined}
      open={open !== undefined}
    >
      <VirtualRows
        items={tickets}
        keyOf={({ id }) => id}
        row={(ticket) => <Row ticket={ticket} current={ticket.id === open} filters={filters} />}
        more={useMore(found)}
        close={close}
      />
    </ListPage>
  );
}

function Filters({ filters }: { filters: TicketFilters }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const { data } = useQuery(helplineQuery);
  useKeys(useMemo(() => ({ '/': () => field.current?.focus() }), []));
  const set = (change: Partial<Record<keyof TicketFilters, string | null>>) =>
    void navigate({ to: '/tickets', search: readChange(filters, change) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set({ search: field.current?.value ?? '' });
  };
  const [desks, search] = [data?.desks ?? [], intl.formatMessage({ id: 'tickets.search' })];
  return (
    <>
      <div className={list.wide}>
        <SegmentedControl
          aria-label={intl.formatMessage({ id: 'tickets.view' })}
          size="xs"
          value={filters.view ?? 'all'}
          onChange={(view) => set({ view })}
          data={VIEWS.map((value) => ({ value, label: intl.formatMessage({ id: `tickets.${value}` }) }))}
        />
      </div>
      <Group gap={8}>
        <search>
          <form onSubmit={submit}>
            <TextInput
              ref={field}
              key={filters.search}
              defaultValue={filters.search ?? ''}
              size="xs"
              w={190}
              maxLength={60}
              aria-label={search}
              placeholder={search}
            />
          </form>
        </search>
        {desks.length > 1 && (
          <Select
            size="xs"
            w={190}
            clearable
            aria-label={intl.formatMessage({ id: 'tickets.desk' })}
            placeholder={intl.formatMessage({ id: 'tickets.desk' })}
            clearButtonProps={{ 'aria-label': intl.formatMessage({ id: 'filter.clearOne' }) }}
            data={desks.map(({ code, name }) => ({ value: code, label: name }))}
            value={filters.desk ?? null}
            onChange={(desk) => set({ desk })}
          />
        )}
      </Group>
    </>
  );
}

function readChange(filters: TicketFilters, change: Partial<Record<keyof TicketFilters, string | null>>): TicketFilters {
  const { view, desk, search }: Record<string, string | null | undefined> = { ...filters, ...change };
  const found = VIEWS.find((one) => one === view);
  return { ...(found && { view: found }), ...(desk && { desk }), ...(search?.trim() && { search: search.trim() }) };
}

function Row({ ticket, current, filters }: { ticket: Ticket; current: boolean; filters: TicketFilters }) {
  const { formatMessage } = useIntl();
  const { priority, contact, summary, topicName, assignee, waiting, openedAt, offeredToMe } = ticket;
  const age = durationOf(Date.now() - new Date(openedAt).getTime(), formatMessage);
  return (
    <Link
      className={list.row}
      data-two-lines=""
      to="/tickets/$ticket"
      params={{ ticket: ticket.id }}
      search={filters}
      aria-current={current}
    >
      <span className={list.name}>{contact.name ?? contact.phone ?? formatMessage({ id: 'tickets.nameless' })}</span>
      <span className={list.due}>
        {priority === 1 && (
          <Badge variant="outline" color="red" c="var(--late)" size="sm" me={6}>
            <FormattedMessage id="tickets.danger" />
          </Badge>
        )}
        {age}
      </span>
      <span className={list.state}>
        #{ticket.number} · {topicName}
        {summary !== '' && ` · ${summary}`}
      </span>
      <span className={list.reference}>
        {offeredToMe ? (
          <FormattedMessage id="tickets.forYou" />
        ) : waiting ? (
          <FormattedMessage id="tickets.waits" />
        ) : (
          assignee?.name
        )}
      </span>
    </Link>
  );
}
