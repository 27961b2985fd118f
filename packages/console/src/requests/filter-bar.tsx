import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { vocabularyQuery } from '../api/queries.ts';
import { useKeys } from '../app/shortcuts.tsx';
import { type Filters, isFiltered, readFilters } from './filters.ts';

const KINDS = ['open', 'working', 'waiting', 'closed'] as const;

/** Filters of the worklist; each change is a new address. */
export function FilterBar({ filters }: { filters: Filters }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { data: words } = useQuery(vocabularyQuery);
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: '/requests', search: readFilters({ ...filters, ...change }) });
  const label = (id: string) => ({ 'aria-label': intl.formatMessage({ id }), placeholder: intl.formatMessage({ id }) });
  const named = (all: readonly { code: string; name: string }[] = []) =>
    all.map(({ code, name }) => ({ value: code, label: name }));
  const parents = new Set(words?.categories.map(({ parent }) => parent));
  const same = {
    size: 'xs',
    clearable: true,
    searchable: true,
    w: 150,
    clearButtonProps: { 'aria-label': intl.formatMessage({ id: 'filter.clearOne' }) },
  } as const;
  const kinds = KINDS.map((kind) => ({ value: kind, label: intl.formatMessage({ id: `kind.${kind}` }) }));
  const shows = ['list', 'board', 'map'].map((value) => ({ value, label: intl.formatMessage({ id: `show.${value}` }) }));
  return (
    <Group gap={8}>
      <SegmentedControl
        size="xs"
        aria-label={intl.formatMessage({ id: 'show.label' })}
        data={shows}
        value={filters.show ?? 'list'}
        onChange={(show) => set({ show })}
      />
      <Search reference={filters.reference} find={(reference) => set({ reference })} />
      <Select {...same} {...label('filter.kind')} data={kinds} value={filters.kind ?? null} onChange={(kind) => set({ kind })} />
      <Select
        {...same}
        {...label('filter.category')}
        data={named(words?.categories.filter(({ code }) => !parents.has(code)))}
        value={filters.category ?? null}
        onChange={(category) => set({ category })}
      />
      <Select
        {...same}
        {...label('filter.department')}
        data={named(words?.departments)}
        value={filters.department ?? null}
        onChange={(department) => set({ department })}
      />
      <Select
        {...same}
        {...label('filter.area')}
        w={110}
        data={words?.areas ?? []}
        value={filters.area ?? null}
        onChange={(area) => set({ area })}
      />
      <Button
        size="xs"
        variant={filters.overdue ? 'filled' : 'default'}
        aria-pressed={filters.overdue === true}
        onClick={() => set({ overdue: filters.overdue !== true })}
      >
        <FormattedMessage id="filter.overdue" />
      </Button>
      {isFiltered(filters) && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => void navigate({ to: '/requests', search: readFilters({ show: filters.show }) })}
        >
          <FormattedMessage id="filter.clear" />
        </Button>
      )}
    </Group>
  );
}

function Search({ reference, find }: { reference: string | undefined; find: (reference: string) => void }) {
  const intl = useIntl();
  const field = useRef<HTMLInputElement>(null);
  useKeys(useMemo(() => ({ '/': () => field.current?.focus() }), []));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    find(field.current?.value.trim() ?? '');
    event.preventDefault();
  };
  const text = intl.formatMessage({ id: 'filter.search' });
  return (
    <search>
      <form onSubmit={submit}>
        <TextInput
          ref={field}
          key={reference}
          defaultValue={reference ?? ''}
          size="xs"
          w={190}
          maxLength={100}
          aria-label={text}
          placeholder={text}
        />
      </form>
    </search>
  );
}
