/** Makes a key; its secret is shown this once. */
import { Button, Checkbox, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, type Key } from '../api/client.ts';
import { keysQuery, teamWordsQuery } from '../api/queries.ts';
import { CopyField } from '../app/copy-field.tsx';
import { FormDialog } from '../app/form-dialog.tsx';

const MOST_PER_MINUTE = 6_000;
const USUAL_PER_MINUTE = 60;

export function MakeDialog({ close }: { close: () => void }) {
  const intl = useIntl();
  const queries = useQueryClient();
  const { data: keys } = useQuery(keysQuery);
  const { data: words } = useQuery(teamWordsQuery);
  const [scopes, setScopes] = useState<readonly string[]>(['read']);
  const [post, setPost] = useState<string | null>(null);
  const [perMinute, setPerMinute] = useState(USUAL_PER_MINUTE);
  const making = useMutation({
    mutationFn: (name: string) => answerOf(client.POST('/keys', { body: { name, post, perMinute, scopes: chosen } })),
    onSettled: () => queries.invalidateQueries(keysQuery),
  });
  const chosen: Key['scopes'] = (keys?.scopes ?? []).filter((scope) => scopes.includes(scope));
  if (making.data !== undefined) return <Secret secret={making.data.secret} close={close} />;
  const label = (id: string) => intl.formatMessage({ id });
  return (
    <FormDialog
      title={<FormattedMessage id="keys.make" />}
      does={<FormattedMessage id="keys.make" />}
      acting={making}
      submit={(form) => making.mutate(String(form.get('name')).trim())}
      close={close}
      disabled={chosen.length === 0}
    >
      <TextInput name="name" label={label('keys.name')} maxLength={100} required data-autofocus />
      <Checkbox.Group label={label('keys.scopes')} value={[...scopes]} onChange={setScopes}>
        <Stack gap={6} mt={4}>
          {keys?.scopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={label(`scope.${scope}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label={label('team.post')}
        description={label('keys.postHelp')}
        placeholder={label('team.noPost')}
        data={words?.posts.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })) ?? []}
        value={post}
        onChange={setPost}
        clearable
        searchable
        clearButtonProps={{ 'aria-label': label('filter.clearOne') }}
        comboboxProps={{ withinPortal: false }}
      />
      <NumberInput
        label={label('keys.calls')}
        min={1}
        max={MOST_PER_MINUTE}
        clampBehavior="strict"
        allowDecimal={false}
        value={perMinute}
        onChange={(value) => setPerMinute(Number(value) || USUAL_PER_MINUTE)}
      />
    </FormDialog>
  );
}

function Secret({ secret, close }: { secret: string; close: () => void }) {
  const intl = useIntl();
  const end = intl.formatMessage({ id: 'keys.closeHelp' });
  const title = (
    <b>
      <FormattedMessage id="keys.make" />
    </b>
  );
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': end }} closeOnClickOutside={false} centered>
      <Stack>
        <Text size="sm" role="status">
          <FormattedMessage id="keys.once" />
        </Text>
        <CopyField label={intl.formatMessage({ id: 'keys.secret' })} value={secret} />
        <Group justify="flex-end">
          <Button onClick={close}>{end}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
