/** Behind a one-time link: an officer chooses a password and is signed in. */
import { Button, Card, Center, Loader, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, codeOf } from '../api/client.ts';
import { signIn } from '../api/sign-in.ts';
import { useProblemText } from '../app/problem.tsx';
import { LEAST_PASSWORD } from './least-password.ts';

export function LinkPage() {
  const link = window.location.hash.slice(1);
  const found = useQuery({
    queryKey: ['link', link],
    queryFn: () => answerOf(client.POST('/links/look', { body: { link } })),
    retry: false,
    enabled: link !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const gone = link === '' || codeOf(found.error) === 'team:link-gone';
  return (
    <Center component="main" mih="100%" p="md" bg="var(--quiet)">
      <Card w={420} maw="100%" padding="xl" withBorder>
        <Stack gap="lg">
          <Title order={1} size="h2">
            <FormattedMessage id="brand" />
          </Title>
          {found.data !== undefined && <Form link={link} {...found.data} />}
          {found.data === undefined && !gone && found.error === null && <Loader type="dots" />}
          {(gone || found.error !== null) && <Gone error={gone ? undefined : found.error} />}
        </Stack>
      </Card>
    </Center>
  );
}

function Gone({ error }: { error: unknown }) {
  const textOf = useProblemText();
  return <Text role="alert">{error === undefined ? <FormattedMessage id="problem.team:link-gone" /> : textOf(error)}</Text>;
}

function Form({ link, name, email }: { link: string; name: string; email: string }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const entering = useEntering(link, email);
  const [differs, setDiffers] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const different = form.get('password') !== form.get('again');
    setDiffers(different);
    if (!different) entering.mutate(String(form.get('password')));
  };
  const field = {
    ...{ minLength: LEAST_PASSWORD, maxLength: 200, required: true, autoComplete: 'new-password' },
    visibilityToggleButtonProps: { 'aria-label': intl.formatMessage({ id: 'signIn.show' }) },
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          <FormattedMessage id="link.text" values={{ name }} />
        </Text>
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordInput
          {...field}
          name="password"
          label={intl.formatMessage({ id: 'password.new' })}
          description={intl.formatMessage({ id: 'password.help' }, { count: LEAST_PASSWORD })}
          autoFocus
        />
        <PasswordInput
          {...field}
          name="again"
          label={intl.formatMessage({ id: 'password.again' })}
          error={differs ? intl.formatMessage({ id: 'password.differs' }) : undefined}
        />
        {entering.error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(entering.error)}
          </Text>
        )}
        <Button type="submit" loading={entering.isPending}>
          <FormattedMessage id="link.enter" />
        </Button>
      </Stack>
    </form>
  );
}

function useEntering(link: string, email: string) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async (password: string) => {
      await answerOf(client.POST('/links/use', { body: { link, password } }));
      await signIn(email, password);
    },
    onSuccess: async () => {
      // Somebody else may have been signed in here.
      queries.clear();
      await router.navigate({ to: '/', replace: true });
    },
  });
}
