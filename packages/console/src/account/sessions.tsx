/** Where the account is signed in; whatever is not known is ended here. */
import { Badge, Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FormattedMessage, useIntl } from 'react-intl';
import { type Account, answerOf, client } from '../api/client.ts';
import { accountQuery } from '../api/queries.ts';
import { useProblemText } from '../app/problem.tsx';
import classes from './account.module.css';
import { deviceOf } from './device.ts';

export function Sessions({ sessions }: Pick<Account, 'sessions'>) {
  const textOf = useProblemText();
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: (session: string | undefined) =>
      session === undefined
        ? answerOf(client.DELETE('/account/sessions'))
        : answerOf(client.DELETE('/account/sessions/{session}', { params: { path: { session } } })),
    onSuccess: (account) => queries.setQueryData(accountQuery.queryKey, account),
    onError: () => queries.invalidateQueries(accountQuery),
  });
  return (
    <>
      <ul className={classes.rows}>
        {sessions.map((session) => (
          <Row key={session.id} session={session} end={() => ending.mutate(session.id)} />
        ))}
      </ul>
      {ending.error !== null && (
        <Text role="alert" size="sm" c="var(--late)">
          {textOf(ending.error)}
        </Text>
      )}
      {sessions.length > 1 && (
        <div>
          <Button size="xs" variant="default" onClick={() => ending.mutate(undefined)}>
            <FormattedMessage id="account.endOthers" />
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ session, end }: { session: Account['sessions'][number]; end: () => void }) {
  const intl = useIntl();
  const { userAgent, address, createdAt, current } = session;
  const device = deviceOf(userAgent ?? '') ?? intl.formatMessage({ id: 'account.someDevice' });
  const time = intl.formatDate(createdAt, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <li className={classes.row}>
      <span>
        {device}
        <Text span size="sm" c="var(--dim)">
          {' '}
          {address} · <FormattedMessage id="account.since" values={{ time }} />
        </Text>
      </span>
      {current ? (
        <Badge variant="outline" color="gray" c="var(--dim)" size="sm">
          <FormattedMessage id="account.thisDevice" />
        </Badge>
      ) : (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={intl.formatMessage({ id: 'account.endThis' }, { name: device })}
          onClick={end}
        >
          <FormattedMessage id="account.end" />
        </Button>
      )}
    </li>
  );
}
