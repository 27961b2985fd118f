/** One number: how it stands at Meta, asked when the page is opened, and what can be done about it. */
import { Button, CloseButton, Group, Loader, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, type Channel, client } from '../api/client.ts';
import { channelHealthQuery, channelsQuery } from '../api/queries.ts';
import { CopyField } from '../app/copy-field.tsx';
import { Loaded } from '../app/loaded.tsx';
import { Problem, useProblemText } from '../app/problem.tsx';
import classes from './channels.module.css';
import { Findings } from './findings.tsx';

export function ChannelPanel({ channel: id }: { channel: string }) {
  const found = useQuery(channelsQuery);
  return (
    <Loaded found={found}>
      {({ channels, webhookUrl }) => {
        const channel = channels.find((one) => String(one.id) === id);
        return channel === undefined ? <Gone /> : <Panel channel={channel} webhookUrl={webhookUrl} />;
      }}
    </Loaded>
  );
}

function Gone() {
  return (
    <Text p="xl" role="status" c="var(--dim)">
      <FormattedMessage id="problem.channels:not-found" />
    </Text>
  );
}

function Panel({ channel, webhookUrl }: { channel: Channel; webhookUrl: string }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const health = useQuery(channelHealthQuery(channel.id));
  const path = { channel: channel.id };
  const acting = useMutation({
    mutationFn: (act: 'resumptions' | 'subscriptions') =>
      act === 'resumptions'
        ? answerOf(client.POST('/channels/{channel}/resumptions', { params: { path } }))
        : answerOf(client.POST('/channels/{channel}/subscriptions', { params: { path } })),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(channelsQuery),
        queries.invalidateQueries({ queryKey: channelHealthQuery(channel.id).queryKey }),
      ]),
  });
  const unsubscribed = health.data?.findings.some(({ check, state }) => check === 'subscription' && state === 'bad') === true;
  return (
    <article className={classes.panel} aria-labelledby="channel-title">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={1} size="h3" id="channel-title">
            {channel.name}
          </Title>
          <Text size="sm" c="var(--dim)">
            {[channel.displayPhone, health.data?.verifiedName, channel.pack].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <CloseButton
          aria-label={intl.formatMessage({ id: 'keys.closeHelp' })}
          onClick={() => void navigate({ to: '/channels' })}
        />
      </Group>
      {health.isPending && <Loader type="dots" aria-label={intl.formatMessage({ id: 'channels.asking' })} />}
      {health.data !== undefined && <Findings findings={health.data.findings} />}
      {health.error !== null && <Problem error={health.error} retry={() => void health.refetch()} />}
      {acting.error !== null && (
        <Text role="alert" size="sm" c="var(--late)">
          {textOf(acting.error)}
        </Text>
      )}
      <Group gap={8}>
        {channel.stoppedReason !== null && (
          <Button size="xs" loading={acting.isPending} onClick={() => acting.mutate('resumptions')}>
            <FormattedMessage id="channels.resume" />
          </Button>
        )}
        {unsubscribed && (
          <Button size="xs" variant="default" loading={acting.isPending} onClick={() => acting.mutate('subscriptions')}>
            <FormattedMessage id="channels.subscribe" />
          </Button>
        )}
        <Button size="xs" variant="default" loading={health.isFetching} onClick={() => void health.refetch()}>
          <FormattedMessage id="channels.again" />
        </Button>
        <Link to="/templates" search={{ channel: channel.id }} className={classes.link}>
          <FormattedMessage id="nav.templates" />
        </Link>
      </Group>
      <CopyField label={intl.formatMessage({ id: 'channels.webhookUrl' })} value={webhookUrl} />
    </article>
  );
}
