/** Connecting a number in three steps: what Meta calls it and the token, who answers on it, and what Meta must be told. */
import { Button, Group, Modal, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, type ChannelHealth, type ConnectedChannel, client } from '../api/client.ts';
import { channelHealthQuery, channelsQuery } from '../api/queries.ts';
import { CopyField } from '../app/copy-field.tsx';
import { useProblemText } from '../app/problem.tsx';
import { Findings } from './findings.tsx';

interface Typed {
  phoneNumberId: string;
  businessId: string;
  accessToken: string;
}

interface Connecting {
  packs: readonly { id: string; name: string }[];
  webhookUrl: string;
  close: () => void;
}

export function ConnectDialog({ packs, webhookUrl, close }: Connecting) {
  const intl = useIntl();
  const [typed, setTyped] = useState<Typed>();
  const [health, setHealth] = useState<ChannelHealth>();
  const [connected, setConnected] = useState<ConnectedChannel>();
  const checked = (given: Typed, found: ChannelHealth) => {
    setTyped(given);
    setHealth(found);
  };
  const title = intl.formatMessage({ id: 'channels.connect' });
  return (
    <Modal
      opened
      onClose={close}
      title={<b>{title}</b>}
      closeButtonProps={{ 'aria-label': intl.formatMessage({ id: 'keys.closeHelp' }) }}
      closeOnClickOutside={false}
      centered
      size="lg"
    >
      {connected !== undefined ? (
        <Told connected={connected} webhookUrl={webhookUrl} close={close} />
      ) : health !== undefined && typed !== undefined && isOpen(health) ? (
        <Choose packs={packs} typed={typed} health={health} done={setConnected} />
      ) : (
        <Check checked={checked} health={health} />
      )}
    </Modal>
  );
}

/** Whether the token opens the number; everything else can be mended later. */
function isOpen({ findings }: ChannelHealth): boolean {
  return findings.some(({ check, state }) => check === 'token' && state === 'ok');
}

function Check({
  checked,
  health,
}: {
  checked: (typed: Typed, health: ChannelHealth) => void;
  health: ChannelHealth | undefined;
}) {
  const intl = useIntl();
  const label = (id: string) => intl.formatMessage({ id });
  const checking = useMutation({
    mutationFn: (body: Typed) => answerOf(client.POST('/channels/checks', { body })),
    onSuccess: (found, body) => checked(body, found),
  });
  const id = { inputMode: 'numeric', pattern: '\\d{1,40}', maxLength: 40, required: true, autoComplete: 'off' } as const;
  return (
    <Step
      text="channels.step1"
      submit="channels.check"
      send={(said) => checking.mutate({ phoneNumberId: said('phone'), businessId: said('business'), accessToken: said('token') })}
      working={checking}
    >
      <TextInput {...id} name="phone" label={label('channels.phoneNumberId')} data-autofocus />
      <TextInput {...id} name="business" label={label('channels.businessId')} />
      <Secret name="token" label={label('channels.accessToken')} />
      {health !== undefined && !isOpen(health) && <Findings findings={health.findings} />}
    </Step>
  );
}

interface Choosing {
  packs: Connecting['packs'];
  typed: Typed;
  health: ChannelHealth;
  done: (connected: ConnectedChannel) => void;
}

function Choose({ packs, typed, health, done }: Choosing) {
  const intl = useIntl();
  const queries = useQueryClient();
  const [pack, setPack] = useState(packs[0]?.id ?? null);
  const connecting = useMutation({
    mutationFn: (more: { name: string; appSecret: string; pack: string }) =>
      answerOf(client.POST('/channels', { body: { ...typed, ...more } })),
    onSuccess: async (connected) => {
      await queries.invalidateQueries(channelsQuery);
      done(connected);
    },
  });
  return (
    <Step
      text="channels.step2"
      submit="channels.connect"
      send={(said) => connecting.mutate({ name: said('name'), appSecret: said('secret'), pack: pack ?? '' })}
      working={connecting}
    >
      <Text>
        <b>{health.verifiedName}</b> {health.displayPhone}
      </Text>
      <Findings findings={health.findings} />
      <TextInput
        name="name"
        label={intl.formatMessage({ id: 'channels.name' })}
        defaultValue={health.verifiedName ?? ''}
        maxLength={100}
        required
        data-autofocus
      />
      <Select
        label={intl.formatMessage({ id: 'channels.pack' })}
        description={intl.formatMessage({ id: 'channels.packHelp' })}
        data={packs.map(({ id, name }) => ({ value: id, label: name }))}
        value={pack}
        onChange={setPack}
        allowDeselect={false}
        required
        comboboxProps={{ withinPortal: false }}
      />
      <Secret name="secret" label={intl.formatMessage({ id: 'channels.appSecret' })} />
    </Step>
  );
}

function Told({ connected, webhookUrl, close }: { connected: ConnectedChannel; webhookUrl: string; close: () => void }) {
  const intl = useIntl();
  const health = useQuery(channelHealthQuery(connected.channel.id));
  return (
    <Stack>
      <Text size="sm">
        <FormattedMessage id="channels.step3" />
      </Text>
      <CopyField label={intl.formatMessage({ id: 'channels.webhookUrl' })} value={webhookUrl} />
      <CopyField label={intl.formatMessage({ id: 'channels.verifyToken' })} value={connected.verifyToken} />
      {health.data !== undefined && <Findings findings={health.data.findings} />}
      <Group justify="flex-end">
        <Button variant="default" loading={health.isFetching} onClick={() => void health.refetch()}>
          <FormattedMessage id="channels.again" />
        </Button>
        <Button onClick={close}>
          <FormattedMessage id="keys.closeHelp" />
        </Button>
      </Group>
    </Stack>
  );
}

function Secret({ name, label }: { name: string; label: string }) {
  const intl = useIntl();
  return (
    <PasswordInput
      {...{ name, label, maxLength: 1_000, required: true, autoComplete: 'off' }}
      visibilityToggleButtonProps={{ 'aria-label': intl.formatMessage({ id: 'signIn.show' }) }}
    />
  );
}

interface Stepping {
  /** Ids of texts. */
  text: string;
  submit: string;
  send: (said: (name: string) => string) => void;
  working: { error: unknown; isPending: boolean };
  children: ReactNode;
}

function Step({ text, submit, send, working: { error, isPending }, children }: Stepping) {
  const textOf = useProblemText();
  const submitted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    send((name) => String(form.get(name) ?? '').trim());
  };
  return (
    <form onSubmit={submitted}>
      <Stack>
        <Text size="sm" c="var(--dim)">
          <FormattedMessage id={text} />
        </Text>
        {children}
        {error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={isPending}>
            <FormattedMessage id={submit} />
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
