/** What this officer may do now, as the life cycle says; each opens a form with what it needs. */
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import type { FullRequest, Move } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { useKeys } from '../app/shortcuts.tsx';
import { ActDialog } from './act-dialog.tsx';
import type { Wanted } from './act-fields.tsx';

export function Actions({ request }: { request: FullRequest }) {
  const { data: me } = useQuery(meQuery);
  const [wanted, setWanted] = useState<Wanted>();
  useKeys(useMemo(() => ({ n: () => setWanted({ by: 'notes' }) }), []));
  if (me?.permissions.includes('requests.act') !== true) return null;
  const [first, ...others] = [...request.moves].sort((a, b) => rankOf(a) - rankOf(b));
  return (
    <Group gap={8}>
      {first !== undefined && (
        <Button size="xs" onClick={() => setWanted({ by: first.by, move: first })}>
          {first.name}
        </Button>
      )}
      {others.map((move) => (
        <Button key={move.code} size="xs" variant="default" onClick={() => setWanted({ by: move.by, move })}>
          {move.name}
        </Button>
      ))}
      {request.closedAt === null && (
        <Button size="xs" variant="default" onClick={() => setWanted({ by: 'assignments' })}>
          <FormattedMessage id="act.assignments" />
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setWanted({ by: 'notes' })}>
        <FormattedMessage id="act.notes" />
      </Button>
      {wanted !== undefined && <ActDialog request={request} wanted={wanted} close={() => setWanted(undefined)} />}
    </Group>
  );
}

/** Work on it stands before sending it away. */
function rankOf({ by }: Move): number {
  return by === 'moves' ? 0 : 1;
}
