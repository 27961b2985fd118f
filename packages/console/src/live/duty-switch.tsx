import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { answerOf, client } from '../api/client.ts';
import { helplineQuery } from '../api/queries.ts';

/** Takes talks now, or does not: by the officer's own word, while the console is open. */
export function DutySwitch() {
  const intl = useIntl();
  const queries = useQueryClient();
  const { data } = useQuery(helplineQuery);
  const set = useMutation({
    mutationFn: (available: boolean) => answerOf(client.PUT('/helpline/duty', { body: { available } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['helpline'] }),
  });
  if (data === undefined) return null;
  const available = set.isPending ? set.variables : data.available;
  return (
    <Switch
      size="sm"
      checked={available}
      label={intl.formatMessage({ id: available ? 'duty.on' : 'duty.off' })}
      onChange={({ currentTarget: { checked } }) => {
        // Asked where it is understood what for.
        if (checked && 'Notification' in window && Notification.permission === 'default') void Notification.requestPermission();
        set.mutate(checked);
      }}
    />
  );
}
