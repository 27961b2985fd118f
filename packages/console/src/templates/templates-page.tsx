/** The templates of a number's pack: how Meta has judged them, and how they look on the citizen's phone. */
import { Badge, Button, Group, Select, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, type Template } from '../api/client.ts';
import { channelsQuery, templatesQuery } from '../api/queries.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useProblemText } from '../app/problem.tsx';
import { readTemplateFilters, type TemplateFilters } from './filters.ts';
import { Preview } from './preview.tsx';
import classes from './templates.module.css';

const route = getRouteApi('/templates');

export function TemplatesPage() {
  const filters = route.useSearch();
  const channels = useQuery(channelsQuery);
  const first = channels.data?.channels[0]?.id;
  const channel = filters.channel ?? first;
  const found = useQuery({ ...templatesQuery(channel ?? 0), enabled: channel !== undefined });
  const all = found.data?.templates ?? [];
  const shown = all.filter(
    ({ language, status }) =>
      (filters.language === undefined || language === filters.language) &&
      (filters.status === undefined || status === filters.status),
  );
  return (
    <ListPage
      title="nav.templates"
      filters={<Filters filters={{ ...filters, ...(channel !== undefined && { channel }) }} all={all} />}
      found={channels.isSuccess && channel === undefined ? channels : found}
      empty={shown.length === 0 ? 'templates.none' : undefined}
      open={false}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <ul className={`${list.rows} ${classes.cards}`} aria-labelledby="list-title" tabIndex={0}>
        {shown.map((template) => (
          <Card key={`${template.name} ${template.language}`} template={template} channel={channel ?? 0} />
        ))}
      </ul>
    </ListPage>
  );
}

function Filters({ filters, all }: { filters: TemplateFilters; all: readonly Template[] }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { data } = useQuery(channelsQuery);
  const set = (change: Record<string, unknown>) =>
    void navigate({ to: '/templates', search: readTemplateFilters({ ...filters, ...change }) });
  const label = (id: string) => ({ 'aria-label': intl.formatMessage({ id }), placeholder: intl.formatMessage({ id }) });
  const same = {
    ...{ size: 'xs', clearable: true, w: 170 },
    clearButtonProps: { 'aria-label': intl.formatMessage({ id: 'filter.clearOne' }) },
  } as const;
  return (
    <Group gap={8}>
      <Select
        size="xs"
        w={220}
        aria-label={intl.formatMessage({ id: 'nav.channels' })}
        data={data?.channels.map(({ id, name }) => ({ value: String(id), label: name })) ?? []}
        value={filters.channel === undefined ? null : String(filters.channel)}
        onChange={(channel) => set({ channel: Number(channel) })}
        allowDeselect={false}
      />
      <Select
        {...same}
        {...label('templates.status')}
        data={[...new Set(all.map(({ status }) => status))]}
        value={filters.status ?? null}
        onChange={(status) => set({ status })}
      />
      <Select
        {...same}
        {...label('account.language')}
        data={[...new Set(all.map(({ language }) => language))]}
        value={filters.language ?? null}
        onChange={(language) => set({ language })}
      />
    </Group>
  );
}

/** Meta's words, in the colour of what they mean. */
function colourOf(status: string): string {
  if (status === 'APPROVED') return 'inherit';
  return status === 'PENDING' || status === 'IN_APPEAL' ? 'var(--soon)' : 'var(--late)';
}

function Card({ template, channel }: { template: Template; channel: number }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const { name, language, status, reason, differs, category } = template;
  const submitting = useMutation({
    mutationFn: () =>
      answerOf(client.POST('/channels/{channel}/templates', { params: { path: { channel } }, body: { name, language } })),
    onSuccess: (found) => queries.setQueryData(templatesQuery(channel).queryKey, found),
  });
  const may = status === 'MISSING' || status === 'REJECTED' || differs;
  const title = `${name}, ${language}`;
  return (
    <li className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Text size="sm" c="var(--dim)">
            {language} · {category}
          </Text>
        </div>
        <Badge variant="outline" color="gray" c={colourOf(status)} size="sm" flex="none">
          {status === 'MISSING' ? intl.formatMessage({ id: 'templates.missing' }) : status}
        </Badge>
      </Group>
      {(reason !== null || differs) && (
        <Text size="sm" c="var(--late)">
          {reason ?? <FormattedMessage id="templates.differs" />}
        </Text>
      )}
      <Preview template={template} />
      {submitting.error !== null && (
        <Text role="alert" size="sm" c="var(--late)">
          {textOf(submitting.error)}
        </Text>
      )}
      {may && (
        <div>
          <Button
            size="xs"
            variant="default"
            loading={submitting.isPending}
            aria-label={intl.formatMessage({ id: 'templates.submitThis' }, { name: title })}
            onClick={() => submitting.mutate()}
          >
            <FormattedMessage id="templates.submit" />
          </Button>
        </div>
      )}
    </li>
  );
}
