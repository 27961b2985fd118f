/** The team: who may sign in here, with which roles. */
import { Badge, Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Member } from '../api/client.ts';
import { teamQuery } from '../api/queries.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useKeys } from '../app/shortcuts.tsx';
import { useRowKeys } from '../app/use-row-keys.ts';
import { AddDialog } from './add-dialog.tsx';
import { isShown, ROLES, readTeamFilters, STATES, type TeamFilters } from './filters.ts';
import { RoleNames } from './role-names.tsx';

const route = getRouteApi('/team');

export function TeamPage() {
  const filters = route.useSearch();
  const found = useQuery(teamQuery);
  const matched = useMatchRoute()({ to: '/team/$officer' });
  const open = matched === false ? undefined : matched.officer;
  const shown = found.data?.officers.filter((member) => isShown(filters, member)) ?? [];
  return (
    <ListPage
      title="nav.team"
      filters={<Filters filters={filters} />}
      found={found}
      empty={shown.length === 0 ? 'team.none' : undefined}
      open={open !== undefined}
    >
      <Rows team={shown} open={open} />
    </ListPage>
  );
}

function Filters({ filters }: { filters: TeamFilters }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useKeys(useMemo(() => ({ '/': () => field.current?.focus(), n: () => setAdding(true) }), []));
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: '/team', search: readTeamFilters({ ...filters, ...change }), replace: true });
  const label = (id: string) => ({ 'aria-label': intl.formatMessage({ id }), placeholder: intl.formatMessage({ id }) });
  const same = {
    ...{ size: 'xs', clearable: true, w: 150 },
    clearButtonProps: { 'aria-label': intl.formatMessage({ id: 'filter.clearOne' }) },
  } as const;
  const named = (kind: string, all: readonly string[]) =>
    all.map((value) => ({ value, label: intl.formatMessage({ id: `${kind}.${value}` }) }));
  return (
    <Group gap={8}>
      <search>
        <TextInput
          {...{ ref: field, size: 'xs', w: 200, maxLength: 100, ...label('team.search') }}
          value={filters.search ?? ''}
          onChange={(event) => set({ search: event.currentTarget.value })}
        />
      </search>
      <Select
        {...same}
        {...label('team.role')}
        data={named('role', ROLES)}
        value={filters.role ?? null}
        onChange={(role) => set({ role })}
      />
      <Select
        {...same}
        {...label('team.state')}
        data={named('member', STATES)}
        value={filters.state ?? null}
        onChange={(state) => set({ state })}
      />
      <Button size="xs" onClick={() => setAdding(true)}>
        <FormattedMessage id="team.add" />
      </Button>
      {adding && <AddDialog close={() => setAdding(false)} />}
    </Group>
  );
}

function Rows({ team, open }: { team: readonly Member[]; open: string | undefined }) {
  const rows = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const close = useMemo(
    () => (open === undefined ? undefined : () => void navigate({ to: '/team', search: (kept) => kept })),
    [open, navigate],
  );
  useRowKeys(rows, close);
  return (
    <ul className={list.rows} ref={rows}>
      {team.map((member) => (
        <li key={member.id}>
          <Row member={member} current={member.id === open} />
        </li>
      ))}
    </ul>
  );
}

function Row({ member, current }: { member: Member; current: boolean }) {
  const intl = useIntl();
  const { id, name, email, state, signedInAt } = member;
  return (
    <Link
      className={list.row}
      data-two-lines=""
      to="/team/$officer"
      params={{ officer: id }}
      search={(kept) => kept}
      aria-current={current}
    >
      <span className={list.name}>{name}</span>
      <span className={list.due}>
        {state === 'active' ? (
          signedInAt !== null && intl.formatDate(signedInAt, { dateStyle: 'medium' })
        ) : (
          <Badge variant="outline" color="gray" c="var(--dim)" size="sm">
            <FormattedMessage id={`member.${state}`} />
          </Badge>
        )}
      </span>
      <span className={list.state}>
        <RoleNames roles={member.roles} />
      </span>
      <span className={list.reference}>{email}</span>
    </Link>
  );
}
