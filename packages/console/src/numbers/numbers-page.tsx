/** Figures of the last days: each as bars to look at and as a table to read, and all of them as a file. */
import { Button, Group, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { FormattedMessage, FormattedNumber, useIntl } from 'react-intl';
import type { Figures } from '../api/client.ts';
import { numbersQuery } from '../api/queries.ts';
import { Facts } from '../app/facts.tsx';
import { Problem } from '../app/problem.tsx';
import { save } from '../app/save.ts';
import { Bars } from './bars.tsx';
import { csvOf } from './csv.ts';
import classes from './numbers.module.css';

const route = getRouteApi('/numbers');
const DAYS = [7, 30, 90, 365] as const;

export function NumbersPage() {
  const intl = useIntl();
  const navigate = useNavigate();
  const { days = 30 } = route.useSearch();
  const found = useQuery(numbersQuery(days));
  const { data } = found;
  return (
    <div className={classes.page}>
      <Group justify="space-between">
        <Title order={1} size="h3">
          <FormattedMessage id="nav.numbers" />
        </Title>
        <Group gap={8}>
          <SegmentedControl
            size="xs"
            aria-label={intl.formatMessage({ id: 'numbers.days' })}
            value={String(days)}
            onChange={(value) => void navigate({ to: '/numbers', search: { days: Number(value) } })}
            data={DAYS.map((value) => ({
              value: String(value),
              label: intl.formatMessage({ id: 'time.days' }, { count: value }),
            }))}
          />
          <Button
            size="xs"
            variant="default"
            disabled={data === undefined}
            onClick={() => data !== undefined && save(new Blob([csvOf(data)], { type: 'text/csv' }), `numbers-${days}.csv`)}
          >
            <FormattedMessage id="numbers.save" />
          </Button>
        </Group>
      </Group>
      {found.error !== null && <Problem error={found.error} retry={() => void found.refetch()} />}
      {data !== undefined && <Talks tickets={data.tickets} />}
      {data !== undefined && <Requests requests={data.requests} />}
    </div>
  );
}

function Talks({ tickets }: { tickets: Figures['tickets'] }) {
  const intl = useIntl();
  const minutes = (wait: number | null) =>
    wait === null ? '–' : intl.formatMessage({ id: 'time.minutes' }, { count: Math.round(wait) });
  const told = tickets.yes + tickets.partly + tickets.no;
  const share = told === 0 ? '–' : intl.formatNumber((tickets.yes + tickets.partly) / told, { style: 'percent' });
  return (
    <section aria-labelledby="numbers-talks">
      <Title order={2} size="h5" id="numbers-talks">
        <FormattedMessage id="nav.tickets" />
      </Title>
      <Facts
        className={classes.facts}
        facts={[
          ['numbers.talks', intl.formatNumber(tickets.total)],
          ['numbers.closed', intl.formatNumber(tickets.closed)],
          ['numbers.waitP50', minutes(tickets.waitP50)],
          ['numbers.waitP90', minutes(tickets.waitP90)],
          ['numbers.helped', share],
        ]}
      />
      <Bars days={tickets.perDay.map(({ day, count }) => ({ day, values: [count] }))} names={['numbers.talks']} />
      <Places
        head={['ticket.topic', 'numbers.talks']}
        rows={tickets.topics.map(({ topic, name, count }) => ({ key: topic, cells: [name, count] }))}
      />
    </section>
  );
}

function Requests({ requests }: { requests: Figures['requests'] }) {
  const intl = useIntl();
  const sum = (of: 'opened' | 'closed' | 'late') => requests.departments.reduce((all, one) => all + one[of], 0);
  const head = ['numbers.opened', 'numbers.closed', 'numbers.late'];
  const rowsOf = (all: Figures['requests']['areas']) =>
    all.map(({ code, name, opened, closed, late }) => ({
      key: code ?? '',
      cells: [name === '' ? '–' : name, opened, closed, late],
    }));
  return (
    <section aria-labelledby="numbers-requests">
      <Title order={2} size="h5" id="numbers-requests">
        <FormattedMessage id="nav.requests" />
      </Title>
      <Facts
        className={classes.facts}
        facts={[
          ...(['opened', 'closed', 'late'] as const).map((of): [string, string] => [`numbers.${of}`, intl.formatNumber(sum(of))]),
          ['numbers.rating', requests.rating === null ? '–' : intl.formatNumber(requests.rating, { maximumFractionDigits: 1 })],
        ]}
      />
      <Bars
        days={requests.perDay.map(({ day, opened, closed }) => ({ day, values: [opened, closed] }))}
        names={['numbers.opened', 'numbers.closed']}
      />
      <Places head={['filter.department', ...head]} rows={rowsOf(requests.departments)} />
      <Places head={['filter.area', ...head]} rows={rowsOf(requests.areas)} />
    </section>
  );
}

interface PlaceRow {
  key: string;
  cells: readonly (string | number)[];
}

function Places({ head, rows }: { head: readonly string[]; rows: readonly PlaceRow[] }) {
  if (rows.length === 0)
    return (
      <Text size="sm" c="var(--dim)">
        <FormattedMessage id="contacts.nothing" />
      </Text>
    );
  return (
    <div className={classes.wide}>
      <Table verticalSpacing={4} maw={620}>
        <Table.Thead>
          <Table.Tr>
            {head.map((id) => (
              <Table.Th key={id}>
                <FormattedMessage id={id} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells }) => (
            <Table.Tr key={key}>
              {cells.map((cell, column) => (
                <Table.Td key={head[column]}>{typeof cell === 'number' ? <FormattedNumber value={cell} /> : cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
