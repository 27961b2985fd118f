/** What an officer can do at the helpline. */
import { MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { type Agent, answerOf, client, type Roster } from '../api/client.ts';
import { FormDialog } from '../app/form-dialog.tsx';

const MOST_TALKS = 50;

export function AgentDialog({ agent, roster, close }: { agent: Agent; roster: Roster; close: () => void }) {
  const intl = useIntl();
  const queries = useQueryClient();
  const [desks, setDesks] = useState(agent.desks);
  const [languages, setLanguages] = useState(agent.languages);
  const [capacity, setCapacity] = useState(agent.capacity);
  const save = useMutation({
    mutationFn: (phone: string | null) =>
      answerOf(
        client.PUT('/helpline/agents/{officer}', {
          params: { path: { officer: agent.officer.id } },
          body: { desks, languages, capacity, phone },
        }),
      ),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ['roster'] }),
  });
  const submit = (form: FormData) => {
    const phone = String(form.get('phone') ?? '').replaceAll(/[\s()-]/g, '');
    save.mutate(phone === '' ? null : phone);
  };
  const label = (id: string) => intl.formatMessage({ id });
  const same = {
    clearable: true,
    clearButtonProps: { 'aria-label': label('filter.clearOne') },
    comboboxProps: { withinPortal: false },
  };
  return (
    <FormDialog
      title={agent.officer.name}
      does={<FormattedMessage id="roster.save" />}
      acting={save}
      submit={submit}
      close={close}
    >
      <MultiSelect
        {...same}
        label={label('roster.desks')}
        description={label('roster.desksHelp')}
        data={roster.desks.map(({ code, name }) => ({ value: code, label: name }))}
        value={desks}
        onChange={setDesks}
      />
      <MultiSelect
        {...same}
        label={label('roster.languages')}
        description={label('roster.languagesHelp')}
        data={roster.languages.map((value) => ({
          value,
          label: intl.formatDisplayName(value, { type: 'language' }) ?? value,
        }))}
        value={languages}
        onChange={setLanguages}
      />
      <NumberInput
        label={label('roster.capacity')}
        min={1}
        max={MOST_TALKS}
        allowDecimal={false}
        value={capacity}
        onChange={(value) => setCapacity(Number(value) || 1)}
      />
      <TextInput
        name="phone"
        type="tel"
        label={label('roster.phone')}
        description={label('roster.phoneHelp')}
        defaultValue={agent.phone ?? ''}
        placeholder="+91…"
        maxLength={24}
      />
    </FormDialog>
  );
}
