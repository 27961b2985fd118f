/** The door: an address and a password, and the code of a second factor where there is one. */
import { Button, Card, Center, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { ProblemError } from '../api/client.ts';
import { doorsQuery, meQuery } from '../api/queries.ts';
import { giveCode, goToProvider, providerProblem, signIn } from '../api/sign-in.ts';
import { LANGUAGES, useLanguage } from '../app/language.tsx';
import { useProblemText } from '../app/problem.tsx';

export function SignIn() {
  const [wantsCode, setWantsCode] = useState(false);
  return (
    <Center component="main" mih="100%" p="md" bg="var(--quiet)">
      <Card w={380} maw="100%" padding="xl" withBorder>
        <Stack gap="lg">
          <div>
            <Title order={1} size="h2">
              <FormattedMessage id="brand" />
            </Title>
            <Text c="var(--dim)" size="sm">
              <FormattedMessage id={wantsCode ? 'signIn.codeText' : 'signIn.text'} />
            </Text>
          </div>
          {wantsCode ? <CodeForm /> : <PasswordForm onCode={() => setWantsCode(true)} />}
          {!wantsCode && (
            <Stack gap="xs">
              <PasskeyButton />
              <ProviderButton />
            </Stack>
          )}
          <Languages />
        </Stack>
      </Card>
    </Center>
  );
}

function PasswordForm({ onCode }: { onCode: () => void }) {
  const intl = useIntl();
  const queries = useQueryClient();
  const entering = useMutation({
    mutationFn: (form: FormData) => signIn(String(form.get('email')), String(form.get('password'))),
    onSuccess: (wantsCode) => (wantsCode ? onCode() : queries.invalidateQueries(meQuery)),
  });
  return (
    <DoorForm entering={entering}>
      <TextInput
        name="email"
        type="email"
        label={intl.formatMessage({ id: 'signIn.email' })}
        autoComplete="username"
        required
        autoFocus
      />
      <PasswordInput
        name="password"
        label={intl.formatMessage({ id: 'signIn.password' })}
        visibilityToggleButtonProps={{ 'aria-label': intl.formatMessage({ id: 'signIn.show' }) }}
        autoComplete="current-password"
        required
      />
    </DoorForm>
  );
}

function CodeForm() {
  const intl = useIntl();
  const queries = useQueryClient();
  const entering = useMutation({
    mutationFn: (form: FormData) => giveCode(String(form.get('code')).trim()),
    onSuccess: () => queries.invalidateQueries(meQuery),
  });
  return (
    <DoorForm entering={entering}>
      <TextInput
        name="code"
        label={intl.formatMessage({ id: 'signIn.code' })}
        description={intl.formatMessage({ id: 'signIn.codeHelp' })}
        autoComplete="one-time-code"
        maxLength={40}
        required
        autoFocus
      />
    </DoorForm>
  );
}

/** The device instead of a password, where the browser can. */
function PasskeyButton() {
  const queries = useQueryClient();
  const entering = useMutation({
    mutationFn: async () => (await import('../api/passkeys.ts')).signInByPasskey(),
    onSuccess: () => queries.invalidateQueries(meQuery),
  });
  if (!('PublicKeyCredential' in window)) return null;
  return (
    <Stack gap="xs">
      <Button variant="default" fullWidth loading={entering.isPending} onClick={() => entering.mutate()}>
        <FormattedMessage id="signIn.passkey" />
      </Button>
      <Refusal error={entering.error} />
    </Stack>
  );
}

/** The account that the officer has with their own office; what went wrong there comes back in the address. */
function ProviderButton() {
  const { data: doors } = useQuery(doorsQuery);
  const leaving = useMutation({ mutationFn: goToProvider });
  const [refused] = useState(() => new URLSearchParams(window.location.search).get('error'));
  if (doors?.setUp === true)
    return (
      <Text size="sm" role="status">
        <FormattedMessage id="signIn.setUp" />
      </Text>
    );
  if (doors?.provider !== true) return null;
  return (
    <>
      <Button variant="default" fullWidth loading={leaving.isPending} onClick={() => leaving.mutate()}>
        <FormattedMessage id="signIn.provider" />
      </Button>
      <Refusal error={leaving.error ?? (refused === null ? null : new ProblemError(providerProblem(refused), ''))} />
    </>
  );
}

interface Entering {
  mutate: (form: FormData) => void;
  error: unknown;
  isPending: boolean;
}

/** Fields, what was wrong with them, and the button. */
function DoorForm({ entering: { mutate, error, isPending }, children }: { entering: Entering; children: ReactNode }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    mutate(new FormData(event.currentTarget));
    event.preventDefault();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        <Refusal error={error} />
        <Button type="submit" loading={isPending} fullWidth>
          <FormattedMessage id="signIn.enter" />
        </Button>
      </Stack>
    </form>
  );
}

function Refusal({ error }: { error: unknown }) {
  const textOf = useProblemText();
  if (error === null) return null;
  return (
    <Text role="alert" size="sm" c="var(--late)">
      {textOf(error)}
    </Text>
  );
}

function Languages() {
  const { language, choose } = useLanguage();
  return (
    <Group gap="xs">
      {LANGUAGES.filter((one) => one !== language).map((one) => (
        <Button key={one} variant="subtle" size="compact-sm" lang={one} onClick={() => choose(one)}>
          <FormattedMessage id={`language.${one}`} />
        </Button>
      ))}
    </Group>
  );
}
