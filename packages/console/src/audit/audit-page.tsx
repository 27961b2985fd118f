/** The log: who saw or did what, the latest first. Whoever reads it stands in it, too. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FormattedMessage, useIntl } from 'react-intl';
import type { AuditEntry } from '../api/client.ts';
import { auditQuery, meQuery } from '../api/queries.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import classes from './audit.module.css';
import { AuditFilterBar } from './filter-bar.tsx';
import { auditQueryOf } from './filters.ts';

const route = getRouteApi('/audit');

export function AuditPage() {
  const filters = route.useSearch();
  const found = useInfiniteQuery(auditQuery(auditQueryOf(filters)));
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <ListPage
      title="nav.audit"
      filters={<AuditFilterBar filters={filters} />}
      found={found}
      empty={entries.length === 0 ? 'audit.none' : undefined}
      open={false}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <ol className={list.rows} aria-labelledby="list-title" tabIndex={0}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
        {found.hasNextPage && (
          <li className={list.foot}>
            <Button variant="default" size="xs" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
              <FormattedMessage id="requests.more" />
            </Button>
          </li>
        )}
      </ol>
    </ListPage>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const intl = useIntl();
  const { at, actor, action, contact, address, details } = entry;
  return (
    <li className={classes.entry}>
      <time className={classes.at} dateTime={at}>
        {intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' })}
      </time>
      <Link className={classes.who} to="/audit" search={(kept) => ({ ...kept, actor: actor.id })} title={actor.id}>
        {actor.name ?? actor.id}
      </Link>
      <span className={classes.what}>
        <FormattedMessage id={`action.${action}`} defaultMessage={action} />
      </span>
      <span className={classes.subject}>
        <Subject entry={entry} />
        {contact !== null && (
          <Link to="/audit" search={(kept) => ({ ...kept, contact })}>
            <FormattedMessage id="audit.contact" />
          </Link>
        )}
      </span>
      <span className={classes.more}>
        {[address, ...Object.entries(details ?? {}).map(([name, value]) => `${name}: ${String(value)}`)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}

/** A request is opened by whoever may; everything else is looked for in the log. */
function Subject({ entry: { action, subject, subjectName } }: { entry: AuditEntry }) {
  const { data: me } = useQuery(meQuery);
  if (subject === null || subject === 'log') return null;
  if (/^(request|file)\./.test(action) && me?.permissions.includes('requests.read') === true)
    return (
      <Link to="/requests/$reference" params={{ reference: subject }}>
        {subject}
      </Link>
    );
  return (
    <Link to="/audit" search={(kept) => ({ ...kept, subject })}>
      {subjectName ?? subject}
    </Link>
  );
}
