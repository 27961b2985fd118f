/** What needs this officer today: numbers that lead into lists, and nothing else. */
import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { FormattedDate, FormattedMessage, FormattedNumber } from 'react-intl';
import { channelsQuery, countsQuery, meQuery, ticketCountsQuery } from '../api/queries.ts';
import { Problem } from '../app/problem.tsx';
import { sumsByArea } from '../requests/map/sums.ts';
import classes from './today.module.css';

interface Need {
  /** Id of the text. */
  text: string;
  count: number | undefined;
  /** Something is wrong, or somebody is in danger, unless it is none. */
  urgent?: boolean;
  to: LinkProps;
}

export function TodayPage() {
  const { data: me } = useQuery(meQuery);
  const may = (permission: NonNullable<typeof me>['permissions'][number]) => me?.permissions.includes(permission) === true;
  return (
    <div className={classes.page}>
      <Title order={1} size="h3">
        <FormattedMessage id="today.hello" values={{ name: me?.officer.name ?? '' }} />
      </Title>
      <p className={classes.date}>
        <FormattedDate value={Date.now()} weekday="long" day="numeric" month="long" />
      </p>
      {may('tickets.read') && <Talks />}
      {may('requests.read') && <Requests />}
      {may('channels.manage') && <Numbers />}
    </div>
  );
}

function Talks() {
  const found = useQuery(ticketCountsQuery);
  const { data } = found;
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const view = (wanted: 'mine' | 'offered' | 'unassigned' | 'mentioned'): LinkProps => ({
    to: '/tickets',
    search: { view: wanted },
  });
  return (
    <Needs
      title="nav.tickets"
      needs={[
        { text: 'today.urgent', count: data?.urgent, urgent: true, to: view('unassigned') },
        { text: 'today.waiting', count: data?.waiting, to: view('mine') },
        { text: 'today.offered', count: data?.offered, to: view('offered') },
        { text: 'today.unassigned', count: data?.unassigned, to: view('unassigned') },
        { text: 'today.mentioned', count: data?.mentioned, to: view('mentioned') },
      ]}
    />
  );
}

function Requests() {
  const found = useQuery(countsQuery({}));
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const sums = found.data && sumsByArea(found.data.areas);
  const sum = (of: 'count' | 'overdue' | 'soon') => sums?.reduce((all, one) => all + one[of], 0);
  return (
    <Needs
      title="nav.requests"
      needs={[
        { text: 'today.overdue', count: sum('overdue'), urgent: true, to: { to: '/requests', search: { overdue: true } } },
        { text: 'today.soon', count: sum('soon'), to: { to: '/requests', search: {} } },
        { text: 'today.open', count: sum('count'), to: { to: '/requests', search: { show: 'board' } } },
      ]}
    />
  );
}

function Numbers() {
  const { data } = useQuery(channelsQuery);
  const stopped = data?.channels.filter(({ stoppedReason }) => stoppedReason !== null).length;
  return (
    <Needs title="nav.channels" needs={[{ text: 'today.stopped', count: stopped, urgent: true, to: { to: '/channels' } }]} />
  );
}

function Needs({ title, needs }: { title: string; needs: readonly Need[] }) {
  return (
    <section aria-labelledby={`today-${title}`}>
      <Title order={2} size="h5" id={`today-${title}`}>
        <FormattedMessage id={title} />
      </Title>
      <ul className={classes.needs}>
        {needs.map(({ text, count, urgent, to }) => (
          <li key={text}>
            <Link {...to} className={classes.need} data-urgent={urgent === true && (count ?? 0) > 0 ? '' : undefined}>
              <b>{count === undefined ? '…' : <FormattedNumber value={count} />}</b>
              <FormattedMessage id={text} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
