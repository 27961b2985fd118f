/** The worklist: what is due first stands first. Filters are in the address; j, k and Enter walk it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Request } from '../api/client.ts';
import { requestsQuery } from '../api/queries.ts';
import classes from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useMore } from '../app/use-more.ts';
import { VirtualRows } from '../app/virtual-rows.tsx';
import { Due } from './due.tsx';
import { FilterBar } from './filter-bar.tsx';
import { isFiltered, queryOf } from './filters.ts';
import { State } from './state.tsx';

const route = getRouteApi('/requests');

export function RequestsPage() {
  const filters = route.useSearch();
  const navigate = useNavigate();
  const found = useInfiniteQuery(requestsQuery(queryOf(filters)));
  const requests = useMemo(() => found.data?.pages.flatMap((page) => page.requests) ?? [], [found.data]);
  const open = useOpenReference();
  const close = useMemo(
    () => (open === undefined ? undefined : () => void navigate({ to: '/requests', search: (kept) => kept })),
    [open, navigate],
  );
  const empty = isFiltered(filters) ? 'requests.noneFiltered' : 'requests.none';
  return (
    <ListPage
      title="nav.requests"
      filters={<FilterBar filters={filters} />}
      found={found}
      empty={requests.length === 0 ? empty : undefined}
      open={open !== undefined}
    >
      <VirtualRows
        items={requests}
        keyOf={({ reference }) => reference}
        row={(request) => <Row request={request} current={request.reference === open} />}
        more={useMore(found)}
        close={close}
      />
    </ListPage>
  );
}

function useOpenReference(): string | undefined {
  const matched = useMatchRoute()({ to: '/requests/$reference' });
  return matched === false ? undefined : matched.reference;
}

function Row({ request, current }: { request: Request; current: boolean }) {
  return (
    <Link
      className={classes.row}
      to="/requests/$reference"
      params={{ reference: request.reference }}
      search={(kept) => kept}
      aria-current={current}
    >
      <span className={classes.reference}>{request.reference}</span>
      <span className={classes.name}>{request.categoryName}</span>
      <span className={classes.place}>{[request.area, request.departmentName].filter(Boolean).join(' · ')}</span>
      <span className={classes.state}>
        <State request={request} />
      </span>
      <span className={classes.due}>
        <Due request={request} />
      </span>
    </Link>
  );
}
