/** The worklist: what is due first stands first. Filters are in the address; j, k and Enter walk it. */
import { Checkbox } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, lazyRouteComponent, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { Request } from '../api/client.ts';
import { meQuery, requestsQuery } from '../api/queries.ts';
import classes from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useMore } from '../app/use-more.ts';
import { VirtualRows } from '../app/virtual-rows.tsx';
import bulk from './bulk/bulk.module.css';
import { BulkBar } from './bulk/bulk-bar.tsx';
import { useChosen } from './bulk/use-chosen.ts';
import { Due } from './due.tsx';
import { FilterBar } from './filter-bar.tsx';
import { isFiltered, queryOf } from './filters.ts';
import { State } from './state.tsx';

const Board = lazyRouteComponent(() => import('./board/board.tsx'), 'Board');
const AreaMap = lazyRouteComponent(() => import('./map/area-map.tsx'), 'AreaMap');
const route = getRouteApi('/requests');
const NEVER_EMPTY = { isPending: false, isSuccess: true, error: null, refetch: () => undefined };

export function RequestsPage() {
  const filters = route.useSearch();
  const open = useOpenReference();
  if (filters.show === undefined) return <List />;
  return (
    <ListPage
      title="nav.requests"
      filters={<FilterBar filters={filters} />}
      found={NEVER_EMPTY}
      empty={undefined}
      open={open !== undefined}
    >
      {filters.show === 'board' ? <Board filters={filters} open={open} /> : <AreaMap filters={filters} />}
    </ListPage>
  );
}

function List() {
  const filters = route.useSearch();
  const navigate = useNavigate();
  const me = useQuery(meQuery);
  const found = useInfiniteQuery(requestsQuery(queryOf(filters)));
  const requests = useMemo(() => found.data?.pages.flatMap((page) => page.requests) ?? [], [found.data]);
  const open = useOpenReference();
  const chosen = useChosen(requests);
  const close = useMemo(
    () => (open === undefined ? undefined : () => void navigate({ to: '/requests', search: (kept) => kept })),
    [open, navigate],
  );
  const may = me.data?.permissions.includes('requests.act') === true;
  const empty = isFiltered(filters) ? 'requests.noneFiltered' : 'requests.none';
  return (
    <ListPage
      title="nav.requests"
      filters={<FilterBar filters={filters} />}
      found={found}
      empty={requests.length === 0 ? empty : undefined}
      open={open !== undefined}
    >
      {may && <BulkBar chosen={chosen} />}
      <VirtualRows
        items={requests}
        keyOf={({ reference }) => reference}
        row={(request) =>
          may ? (
            <Picked request={request} chosen={chosen.versions.has(request.reference)} toggle={chosen.toggle}>
              <Row request={request} current={request.reference === open} />
            </Picked>
          ) : (
            <Row request={request} current={request.reference === open} />
          )
        }
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

interface PickedProps {
  request: Request;
  chosen: boolean;
  toggle: (request: Request) => void;
  children: ReactNode;
}

function Picked({ request, chosen, toggle, children }: PickedProps) {
  const intl = useIntl();
  return (
    <div className={bulk.picked}>
      <Checkbox
        size="xs"
        checked={chosen}
        onChange={() => toggle(request)}
        aria-label={intl.formatMessage({ id: 'bulk.choose' }, { name: request.reference })}
      />
      {children}
    </div>
  );
}

function Row({ request, current }: { request: Request; current: boolean }) {
  return (
    <Link
      className={classes.row}
      to="/requests/$reference"
      params={{ reference: request.reference }}
      search={(kept) => kept}
      aria-current={current}
      data-reference={request.reference}
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
