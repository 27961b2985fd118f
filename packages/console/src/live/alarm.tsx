/** Somebody in danger waits, or a ticket is offered: a line above every page, a sound, and a notice of the desktop. */
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Ticket } from '../api/client.ts';
import { alarmQuery } from '../api/queries.ts';
import { durationOf } from '../app/duration.ts';
import classes from './alarm.module.css';
import { ring } from './ring.ts';

const AGAIN_MS = 12_000;

export function Alarm() {
  const { data } = useQuery(alarmQuery);
  const [muted, setMuted] = useState<string>();
  const ticket = data?.find(({ priority }) => priority === 1) ?? data?.[0];
  const danger = ticket?.priority === 1;
  const id = ticket?.id;
  const intl = useIntl();
  const title = ticket === undefined ? '' : intl.formatMessage({ id: danger ? 'alarm.danger' : 'alarm.offered' }, about(ticket));
  useEffect(() => {
    if (id === undefined || muted === id) return;
    ring(danger);
    notify(title, id);
    if (!danger) return;
    const timer = setInterval(() => ring(true), AGAIN_MS);
    return () => clearInterval(timer);
  }, [id, danger, muted, title]);
  if (ticket === undefined) return null;
  return (
    <div className={classes.alarm} role="alert" data-danger={danger ? '' : undefined}>
      <Text size="sm" fw={600}>
        {title}{' '}
        <FormattedMessage
          id="alarm.since"
          values={{ time: durationOf(Date.now() - Date.parse(ticket.openedAt), intl.formatMessage) }}
        />
      </Text>
      <Group gap={8}>
        {danger && muted !== ticket.id && (
          <Button size="compact-sm" variant="default" onClick={() => setMuted(ticket.id)}>
            <FormattedMessage id="alarm.mute" />
          </Button>
        )}
        <Button
          size="compact-sm"
          renderRoot={(shown) => (
            <Link to="/tickets/$ticket" params={{ ticket: ticket.id }} search={{ view: 'all' }} {...shown} />
          )}
        >
          <FormattedMessage id="alarm.open" />
        </Button>
      </Group>
    </div>
  );
}

function about({ number, topicName, contact }: Ticket) {
  return { number, kind: topicName, name: contact.name ?? contact.phone ?? '' };
}

/** Where the officer has allowed it, when they went on duty. */
function notify(title: string, tag: string): void {
  if (document.visibilityState === 'visible' || !('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(title, { tag });
  shown.onclick = () => window.focus();
}
