/** Adds an officer; the link by which they choose a password is shown once. */
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MemberChanged } from '../api/client.ts';
import { LANGUAGES } from '../app/language.tsx';
import { useProblemText } from '../app/problem.tsx';
import { type Grant, GrantFields, NO_GRANT } from './grant-fields.tsx';
import { LinkShown } from './link-shown.tsx';
import { useTeamAct } from './use-team-act.ts';

export function AddDialog({ close }: { close: () => void }) {
  const intl = useIntl();
  const [added, setAdded] = useState<MemberChanged>();
  return (
    <Modal
      opened
      onClose={close}
      title={
        <b>
          <FormattedMessage id="team.add" />
        </b>
      }
      closeButtonProps={{ 'aria-label': intl.formatMessage({ id: 'keys.closeHelp' }) }}
      closeOnClickOutside={false}
      centered
    >
      {added === undefined ? <Form close={close} added={setAdded} /> : <Done {...added} close={close} />}
    </Modal>
  );
}

function Done({ officer, link, close }: MemberChanged & { close: () => void }) {
  return (
    <Stack>
      {link !== null && officer !== null && <LinkShown link={link} name={officer.name} />}
      <Group justify="flex-end">
        <Button onClick={close}>
          <FormattedMessage id="keys.closeHelp" />
        </Button>
      </Group>
    </Stack>
  );
}

function Form({ close, added }: { close: () => void; added: (changed: MemberChanged) => void }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const [grant, setGrant] = useState<Grant>(NO_GRANT);
  const acting = useTeamAct(added);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? '').trim();
    const language = LANGUAGES.find((one) => one === form.get('language')) ?? 'en';
    acting.mutate({ by: 'add', body: { ...grant, email: said('email'), name: said('name'), language } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput name="name" label={intl.formatMessage({ id: 'team.name' })} maxLength={100} required data-autofocus />
        <TextInput name="email" type="email" label={intl.formatMessage({ id: 'signIn.email' })} maxLength={200} required />
        <Select
          name="language"
          label={intl.formatMessage({ id: 'account.language' })}
          data={LANGUAGES.map((value) => ({ value, label: intl.formatMessage({ id: `language.${value}` }) }))}
          defaultValue="en"
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
        <GrantFields grant={grant} set={setGrant} />
        {acting.error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(acting.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            <FormattedMessage id="act.cancel" />
          </Button>
          <Button type="submit" loading={acting.isPending}>
            <FormattedMessage id="team.add" />
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
