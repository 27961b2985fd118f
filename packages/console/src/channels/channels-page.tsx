/** The numbers that citizens write to. */
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import type { Channel } from '../api/client.ts';
import { channelsQuery } from '../api/queries.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useRowKeys } from '../app/use-row-keys.ts';
import { ConnectDialog } from './connect-dialog.tsx';

export function ChannelsPage() {
  const found = useQuery(channelsQuery);
  const [connecting, setConnecting] = useState(false);
  const matched = useMatchRoute()({ to: '/channels/$channel' });
  const open = matched === false ? undefined : matched.channel;
  const channels = found.data?.channels ?? [];
  const head = (
    <Group gap={8}>
      <Button size="xs" onClick={() => setConnecting(true)} disabled={found.data === undefined}>
        <FormattedMessage id="channels.connect" />
      </Button>
      {connecting && found.data !== undefined && (
        <ConnectDialog packs={found.data.packs} webhookUrl={found.data.webhookUrl} close={() => setConnecting(false)} />
      )}
    </Group>
  );
  return (
    <ListPage
      title="nav.channels"
      filters={head}
      found={found}
      empty={channels.length === 0 ? 'channels.none' : undefined}
      open={open !== undefined}
    >
      <Rows channels={channels} open={open} />
    </ListPage>
  );
}

function Rows({ channels, open }: { channels: readonly Channel[]; open: string | undefined }) {
  const rows = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const close = useMemo(() => (open === undefined ? undefined : () => void navigate({ to: '/channels' })), [open, navigate]);
  useRowKeys(rows, close);
  return (
    <ul className={list.rows} ref={rows}>
      {channels.map(({ id, name, displayPhone, phoneNumberId, pack, stoppedReason }) => (
        <li key={id}>
          <Link className={list.row} data-two-lines="" to="/channels/$channel" params={{ channel: String(id) }}>
            <span className={list.name}>{name}</span>
            <span className={list.due} style={{ color: stoppedReason === null ? undefined : 'var(--late)' }}>
              <FormattedMessage id={stoppedReason === null ? 'channels.sends' : 'channels.stopped'} />
            </span>
            <span className={list.state}>{displayPhone ?? phoneNumberId}</span>
            <span className={list.reference}>{pack}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
