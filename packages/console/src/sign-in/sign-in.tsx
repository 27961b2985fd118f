/** The door: an address and a password, and the code of a second factor where there is one. */
import { Button, Card, Center, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { meQuery } from '../api/queries.ts';
import { giveCode, signIn } from '../api/sign-in.ts';
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
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: (wantsCode) => (wantsCode ? onCode() : queries.invalidateQueries(meQuery)),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget);
    entering.mutate({ email: String(form.get('email')), password: String(form.get('password')) });
    event.preventDefault();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
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
        <Refusal error={entering.error} />
        <Button type="submit" loading={entering.isPending} fullWidth>
          <FormattedMessage id="signIn.enter" />
        </Button>
      </Stack>
    </form>
  );
}

function CodeForm() {
  const intl = useIntl();
  const queries = useQueryClient();
  const entering = useMutation({ mutationFn: giveCode, onSuccess: () => queries.invalidateQueries(meQuery) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    entering.mutate(String(new FormData(event.currentTarget).get('code')).trim());
    event.preventDefault();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          name="code"
          label={intl.formatMessage({ id: 'signIn.code' })}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\s*\d{6}\s*"
          required
          autoFocus
        />
        <Refusal error={entering.error} />
        <Button type="submit" loading={entering.isPending} fullWidth>
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
