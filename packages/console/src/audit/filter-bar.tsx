import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { auditWordsQuery } from '../api/queries.ts';
import { useKeys } from '../app/shortcuts.tsx';
import { ExportButton } from './export-button.tsx';
import { type AuditFilters, readAuditFilters } from './filters.ts';

/** Who, what, to what and when; each change is a new address. */
export function AuditFilterBar({ filters }: { filters: AuditFilters }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { data: words } = useQuery(auditWordsQuery);
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: '/audit', search: readAuditFilters({ ...filters, ...change }) });
  const label = (id: string) => ({ 'aria-label': intl.formatMessage({ id }), placeholder: intl.formatMessage({ id }) });
  const same = {
    ...{ size: 'xs', clearable: true, searchable: true, w: 190 },
    clearButtonProps: { 'aria-label': intl.formatMessage({ id: 'filter.clearOne' }) },
  } as const;
  const actions = words?.actions.map((value) => ({ value, label: intl.formatMessage({ id: `action.${value}` }) }));
  return (
    <Group gap={8} align="flex-end">
      <Search subject={filters.subject} find={(subject) => set({ subject })} />
      <Select
        {...same}
        {...label('audit.actor')}
        data={words?.actors.map(({ id, name }) => ({ value: id, label: name ?? id })) ?? []}
        value={filters.actor ?? null}
        onChange={(actor) => set({ actor })}
      />
      <Select
        {...same}
        {...label('audit.action')}
        data={actions ?? []}
        value={filters.action ?? null}
        onChange={(action) => set({ action })}
      />
      <Day id="audit.from" day={filters.from} set={(from) => set({ from })} />
      <Day id="audit.to" day={filters.to} set={(to) => set({ to })} />
      {Object.keys(filters).length > 0 && (
        <Button size="xs" variant="subtle" onClick={() => void navigate({ to: '/audit', search: {} })}>
          <FormattedMessage id="filter.clear" />
        </Button>
      )}
      <ExportButton filters={filters} />
    </Group>
  );
}

function Day({ id, day, set }: { id: string; day: string | undefined; set: (day: string) => void }) {
  return (
    <TextInput
      type="date"
      size="xs"
      w={150}
      label={<FormattedMessage id={id} />}
      value={day ?? ''}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

function Search({ subject, find }: { subject: string | undefined; find: (subject: string) => void }) {
  const text = useIntl().formatMessage({ id: 'audit.subject' });
  const field = useRef<HTMLInputElement>(null);
  useKeys(useMemo(() => ({ '/': () => field.current?.focus() }), []));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    find(field.current?.value.trim() ?? '');
    event.preventDefault();
  };
  return (
    <search>
      <form onSubmit={submit}>
        <TextInput
          {...{ ref: field, size: 'xs', w: 220, maxLength: 100, placeholder: text, 'aria-label': text }}
          key={subject}
          defaultValue={subject ?? ''}
        />
      </form>
    </search>
  );
}
