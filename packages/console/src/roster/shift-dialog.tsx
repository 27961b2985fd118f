/** Puts an officer on call. */
import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, type Roster } from '../api/client.ts';
import { FormDialog } from '../app/form-dialog.tsx';
import { localTime } from '../app/local-time.ts';

const HOUR_MS = 3_600_000;
const MOST_RANK = 20;

export function ShiftDialog({ roster, monday, close }: { roster: Roster; monday: Date; close: () => void }) {
  const intl = useIntl();
  const queries = useQueryClient();
  const [officer, setOfficer] = useState<string | null>(null);
  const [desk, setDesk] = useState(roster.desks[0]?.code ?? null);
  const [rank, setRank] = useState(1);
  const begin = new Date(Math.max(monday.getTime() + 9 * HOUR_MS, Math.ceil(Date.now() / HOUR_MS) * HOUR_MS));
  const add = useMutation({
    mutationFn: (hours: { startsAt: string; endsAt: string }) =>
      answerOf(client.POST('/helpline/shifts', { body: { ...hours, officer: officer ?? '', desk: desk ?? '', rank } })),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ['shifts'] }),
  });
  const submit = (form: FormData) => {
    const at = (name: string) => new Date(String(form.get(name))).toISOString();
    add.mutate({ startsAt: at('startsAt'), endsAt: at('endsAt') });
  };
  const label = (id: string) => intl.formatMessage({ id });
  const same = { required: true, allowDeselect: false, comboboxProps: { withinPortal: false } } as const;
  const officers = roster.agents.filter(({ phone }) => phone !== null);
  return (
    <FormDialog
      title={<FormattedMessage id="roster.addShift" />}
      does={<FormattedMessage id="roster.addShift" />}
      acting={add}
      submit={submit}
      close={close}
      disabled={officer === null || desk === null}
    >
      <Select
        {...same}
        label={label('team.name')}
        description={label('roster.withPhone')}
        data={officers.map(({ officer: { id, name } }) => ({ value: id, label: name }))}
        value={officer}
        onChange={setOfficer}
      />
      <Select
        {...same}
        label={label('tickets.desk')}
        data={roster.desks.map(({ code, name }) => ({ value: code, label: name }))}
        value={desk}
        onChange={setDesk}
      />
      <Group grow>
        <TextInput name="startsAt" type="datetime-local" label={label('roster.from')} defaultValue={localTime(begin)} required />
        <TextInput
          name="endsAt"
          type="datetime-local"
          label={label('roster.to')}
          defaultValue={localTime(new Date(begin.getTime() + 8 * HOUR_MS))}
          required
        />
      </Group>
      <NumberInput
        label={label('roster.order')}
        description={label('roster.orderHelp')}
        min={1}
        max={MOST_RANK}
        allowDecimal={false}
        value={rank}
        onChange={(value) => setRank(Number(value) || 1)}
      />
    </FormDialog>
  );
}
