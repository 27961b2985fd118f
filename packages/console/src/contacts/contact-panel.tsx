/** One citizen: who they are, what they asked for, and on demand what was said. */
import { Button, CloseButton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { FormattedDate, FormattedMessage, useIntl } from 'react-intl';
import type { Profile } from '../api/client.ts';
import { contactQuery, contactTalkQuery, meQuery } from '../api/queries.ts';
import { Facts } from '../app/facts.tsx';
import { Loaded } from '../app/loaded.tsx';
import { Problem } from '../app/problem.tsx';
import classes from './contact.module.css';

export function ContactPanel({ contact: id }: { contact: string }) {
  const found = useQuery(contactQuery(id));
  return <Loaded found={found}>{(profile) => <Panel profile={profile} />}</Loaded>;
}

function Panel({ profile }: { profile: Profile }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const [shown, setShown] = useState(false);
  const { id, name, tickets, requests } = profile;
  return (
    <article className={classes.panel} aria-labelledby="contact-title">
      <header className={classes.head}>
        <Title order={1} size="h4" id="contact-title">
          {name ?? intl.formatMessage({ id: 'tickets.nameless' })}
        </Title>
        <CloseButton
          aria-label={intl.formatMessage({ id: 'keys.closeHelp' })}
          onClick={() => void navigate({ to: '/contacts', search: (kept) => kept })}
        />
      </header>
      <Known profile={profile} />
      <Asked
        title="nav.tickets"
        rows={tickets.map((ticket) => ({
          key: ticket.id,
          at: ticket.openedAt,
          link: (
            <Link
              to="/tickets/$ticket"
              params={{ ticket: ticket.id }}
              search={{ view: ticket.closedAt === null ? 'all' : 'closed' }}
            >
              #{ticket.number} · {ticket.topicName}
            </Link>
          ),
        }))}
      />
      <Asked
        title="nav.requests"
        rows={requests.map(({ reference, categoryName, stateName, createdAt }) => ({
          key: reference,
          at: createdAt,
          link: (
            <>
              <Link to="/requests/$reference" params={{ reference }} search={{}}>
                {reference} · {categoryName}
              </Link>{' '}
              {stateName}
            </>
          ),
        }))}
      />
      {me?.permissions.includes('details.read') === true &&
        (shown ? (
          <Said contact={id} />
        ) : (
          <Button variant="default" size="xs" onClick={() => setShown(true)}>
            <FormattedMessage id="contacts.talk" />
          </Button>
        ))}
    </article>
  );
}

function Known({ profile: { phone, language, createdAt, lastWroteAt, optedOutAt, identities } }: { profile: Profile }) {
  const intl = useIntl();
  const day = (at: string | null) => (at === null ? '–' : intl.formatDate(at, { dateStyle: 'medium' }));
  const facts: [string, string][] = [
    ['contacts.phone', phone ?? '–'],
    ['contacts.language', language === null ? '–' : (intl.formatDisplayName(language, { type: 'language' }) ?? language)],
    ['contacts.since', day(createdAt)],
    ['contacts.wrote', day(lastWroteAt)],
    ...(optedOutAt === null ? [] : [['contacts.optedOut', day(optedOutAt)] satisfies [string, string]]),
    [
      'contacts.known',
      identities.map(({ kind, value, until }) => `${kind} ${value}${until === null ? '' : ` (– ${day(until)})`}`).join(', ') ||
        '–',
    ],
  ];
  return <Facts className={classes.facts} facts={facts} />;
}

interface AskedRow {
  key: string;
  at: string;
  link: ReactNode;
}

function Asked({ title, rows }: { title: string; rows: readonly AskedRow[] }) {
  return (
    <section aria-labelledby={`contact-${title}`}>
      <Title order={2} size="h5" id={`contact-${title}`}>
        <FormattedMessage id={title} />
      </Title>
      {rows.length === 0 && (
        <Text size="sm" c="var(--dim)">
          <FormattedMessage id="contacts.nothing" />
        </Text>
      )}
      <ul className={classes.asked}>
        {rows.map(({ key, at, link }) => (
          <li key={key}>
            <span>{link}</span>
            <FormattedDate value={at} day="numeric" month="short" year="numeric" />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The latest lines; files are shown where the talk is worked. */
function Said({ contact }: { contact: string }) {
  const intl = useIntl();
  const found = useQuery(contactTalkQuery(contact));
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <ol className={classes.said} aria-label={intl.formatMessage({ id: 'ticket.talk' })} tabIndex={0}>
      {(found.data?.lines ?? []).map(({ id, from, at, text, kind }) => (
        <li key={id} data-from={from}>
          <b>
            <FormattedMessage id={`from.${from}`} />
          </b>{' '}
          {text === '' ? <FormattedMessage id="ticket.noWords" values={{ kind }} /> : text}{' '}
          <small>{intl.formatDate(at, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })}</small>
        </li>
      ))}
    </ol>
  );
}
