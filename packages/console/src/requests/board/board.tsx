/** The worklist as a board: a column for each kind of state, what is due first on top. */
import { Loader, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { FormattedMessage, FormattedNumber } from 'react-intl';
import type { Request } from '../../api/client.ts';
import { countsQuery, requestsQuery } from '../../api/queries.ts';
import { Problem } from '../../app/problem.tsx';
import { useMore } from '../../app/use-more.ts';
import { VirtualRows } from '../../app/virtual-rows.tsx';
import { Due } from '../due.tsx';
import { countFilterOf, type Filters, queryOf } from '../filters.ts';
import { State } from '../state.tsx';
import classes from './board.module.css';

const KINDS = ['open', 'working', 'waiting'] as const;

export function Board({ filters, open }: { filters: Filters; open: string | undefined }) {
  const counts = useQuery(countsQuery(countFilterOf(filters)));
  return (
    <div className={classes.board}>
      {KINDS.map((kind) => {
        const of = counts.data?.areas.filter((one) => one.kind === kind);
        return (
          <Column key={kind} kind={kind} count={of?.reduce((sum, { count }) => sum + count, 0)} filters={filters} open={open} />
        );
      })}
    </div>
  );
}

interface ColumnProps {
  kind: (typeof KINDS)[number];
  count: number | undefined;
  filters: Filters;
  open: string | undefined;
}

function Column({ kind, count, filters, open }: ColumnProps) {
  const found = useInfiniteQuery(requestsQuery({ ...queryOf(filters), kind }));
  const requests = useMemo(() => found.data?.pages.flatMap((page) => page.requests) ?? [], [found.data]);
  return (
    <section className={classes.column} aria-labelledby={`board-${kind}`}>
      <Title order={2} size="h5" id={`board-${kind}`}>
        <FormattedMessage id={`kind.${kind}`} /> {count !== undefined && <FormattedNumber value={count} />}
      </Title>
      {found.isPending && <Loader type="dots" size="sm" />}
      {found.error !== null && <Problem error={found.error} retry={() => void found.refetch()} />}
      <VirtualRows
        items={requests}
        keyOf={({ reference }) => reference}
        row={(request) => <Card request={request} current={request.reference === open} />}
        more={useMore(found)}
        close={undefined}
      />
    </section>
  );
}

function Card({ request, current }: { request: Request; current: boolean }) {
  return (
    <Link
      className={classes.card}
      to="/requests/$reference"
      params={{ reference: request.reference }}
      search={(kept) => kept}
      aria-current={current}
    >
      <b>{request.categoryName}</b>
      <span className={classes.place}>{[request.area, request.departmentName].filter(Boolean).join(' · ')}</span>
      <span className={classes.foot}>
        <State request={request} />
        <Due request={request} />
      </span>
    </Link>
  );
}
