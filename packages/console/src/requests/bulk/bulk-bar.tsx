/** What can be done with the chosen requests, and what came of it. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { FormDialog } from '../../app/form-dialog.tsx';
import { useProblemText } from '../../app/problem.tsx';
import { actIn, Fields, Note } from '../act-fields.tsx';
import classes from './bulk.module.css';
import { type Bulk, useBulk } from './use-bulk.ts';
import type { Chosen } from './use-chosen.ts';

const ACTS = ['notes', 'assignments', 'transfers'] as const;
const RESTING = { error: null, isPending: false };

export function BulkBar({ chosen: { versions, clear } }: { chosen: Chosen }) {
  const intl = useIntl();
  const [by, setBy] = useState<(typeof ACTS)[number]>();
  const { bulk, begin, undo, forget } = useBulk();
  const name = by === undefined ? '' : intl.formatMessage({ id: `act.${by}` });
  const order = (form: FormData) => {
    if (by !== undefined) begin({ act: actIn({ by }, form), name, versions });
    setBy(undefined);
    clear();
  };
  if (versions.size === 0 && bulk === undefined) return null;
  return (
    <div className={classes.bar} role="status">
      {bulk !== undefined && <Progress bulk={bulk} undo={undo} forget={forget} />}
      {versions.size > 0 && (
        <Group gap={8}>
          <Text size="sm" fw={600}>
            <FormattedMessage id="bulk.chosen" values={{ count: versions.size }} />
          </Text>
          {ACTS.map((act) => (
            <Button key={act} size="compact-sm" variant="default" onClick={() => setBy(act)} disabled={bulk?.stage === 'waits'}>
              <FormattedMessage id={`act.${act}`} />
            </Button>
          ))}
          <Button size="compact-sm" variant="subtle" onClick={clear}>
            <FormattedMessage id="bulk.clear" />
          </Button>
        </Group>
      )}
      {by !== undefined && (
        <FormDialog title={name} does={name} acting={RESTING} submit={order} close={() => setBy(undefined)}>
          <Fields department={null} wanted={{ by }} />
          <Note required={by === 'notes'} />
        </FormDialog>
      )}
    </div>
  );
}

function Progress({ bulk, undo, forget }: { bulk: Bulk; undo: () => void; forget: () => void }) {
  const textOf = useProblemText();
  if (bulk.stage === 'waits')
    return (
      <Group gap={8}>
        <Text size="sm">
          <FormattedMessage
            id="bulk.waits"
            values={{ name: bulk.order.name, count: bulk.order.versions.size, time: bulk.seconds }}
          />
        </Text>
        <Button size="compact-sm" onClick={undo}>
          <FormattedMessage id="undo" />
        </Button>
      </Group>
    );
  if (bulk.stage === 'runs')
    return (
      <Text size="sm">
        {bulk.done}/{bulk.order.versions.size}
      </Text>
    );
  return (
    <div>
      <Group gap={8}>
        <Text size="sm">
          <FormattedMessage id="bulk.done" values={{ count: bulk.done }} />
          {bulk.failed.length > 0 && (
            <>
              {' · '}
              <FormattedMessage id="bulk.failed" values={{ count: bulk.failed.length }} />
            </>
          )}
        </Text>
        <Button size="compact-sm" variant="default" onClick={forget}>
          <FormattedMessage id="keys.closeHelp" />
        </Button>
      </Group>
      {bulk.failed.length > 0 && (
        <ul className={classes.failed}>
          {bulk.failed.map(({ reference, error }) => (
            <li key={reference}>
              {reference}: {textOf(error)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
