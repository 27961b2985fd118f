/** Keys of programs: who may call the API in the organization's name, and for what. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, type Key } from '../api/client.ts';
import { keysQuery } from '../api/queries.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useProblemText } from '../app/problem.tsx';
import classes from './keys.module.css';
import { MakeDialog } from './make-dialog.tsx';

export function KeysPage() {
  const found = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const keys = [...(found.data?.keys ?? [])].sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null));
  const head = (
    <Group gap={8}>
      <Button size="xs" onClick={() => setMaking(true)}>
        <FormattedMessage id="keys.make" />
      </Button>
      <Link to="/reference" className={classes.link}>
        <FormattedMessage id="reference.title" />
      </Link>
      {making && <MakeDialog close={() => setMaking(false)} />}
    </Group>
  );
  return (
    <ListPage title="nav.keys" filters={head} found={found} empty={keys.length === 0 ? 'keys.none' : undefined} open={false}>
      <ul className={list.rows}>
        {keys.map((key) => (
          <Row key={key.id} of={key} />
        ))}
      </ul>
    </ListPage>
  );
}

function Row({ of: { id, name, scopes, post, perMinute, createdAt, revokedAt } }: { of: Key }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => answerOf(client.DELETE('/keys/{key}', { params: { path: { key: id } } })),
    onSettled: () => queries.invalidateQueries(keysQuery),
  });
  const facts = [
    scopes.map((scope) => intl.formatMessage({ id: `scope.${scope}` })).join(', '),
    post,
    intl.formatMessage({ id: 'keys.perMinute' }, { count: perMinute }),
    intl.formatDate(createdAt, { dateStyle: 'medium' }),
  ];
  return (
    <li className={classes.row}>
      <div>
        <Text fw={550}>{name}</Text>
        <Text size="sm" c="var(--dim)">
          {facts.filter(Boolean).join(' · ')}
        </Text>
        {revoking.error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(revoking.error)}
          </Text>
        )}
      </div>
      {revokedAt === null ? (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={revoking.isPending}
          aria-label={intl.formatMessage({ id: 'keys.revokeThis' }, { name })}
          onClick={() => revoking.mutate()}
        >
          <FormattedMessage id="team.revoke" />
        </Button>
      ) : (
        <Badge variant="outline" color="gray" c="var(--dim)" size="sm">
          <FormattedMessage id="keys.revoked" />
        </Badge>
      )}
    </li>
  );
}
