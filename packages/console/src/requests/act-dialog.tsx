import { Alert } from '@mantine/core';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import type { FullRequest } from '../api/client.ts';
import { FormDialog } from '../app/form-dialog.tsx';
import { actIn, Fields, Note, type Wanted } from './act-fields.tsx';
import { useAct } from './use-act.ts';

/** Asks for what an act needs and does it. */
export function ActDialog({ request, wanted, close }: { request: FullRequest; wanted: Wanted; close: () => void }) {
  // As it was seen when the dialog was opened: the page behind it moves on.
  const [seen] = useState(request);
  const acting = useAct(seen, close);
  const { move, by } = wanted;
  const title = move?.name ?? <FormattedMessage id={`act.${by}`} />;
  return (
    <FormDialog title={title} does={title} acting={acting} submit={(form) => acting.mutate(actIn(wanted, form))} close={close}>
      {move?.photo && (
        <Alert variant="outline" color="orange" bg="var(--raised)">
          <FormattedMessage id="act.photo" values={move.photo} />
        </Alert>
      )}
      <Fields department={request.department} wanted={wanted} />
      <Note required={by === 'notes' || move?.requires.includes('note') === true} />
    </FormDialog>
  );
}
