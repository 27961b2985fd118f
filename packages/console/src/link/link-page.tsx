/** Behind a one-time link: an officer chooses a password and is signed in. */
import { Button, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { answerOf, client, codeOf } from '../api/client.ts';
import { signIn } from '../api/sign-in.ts';
import { Door } from '../app/door.tsx';
import { NewPassword, passwordIn } from '../app/new-password.tsx';
import { useProblemText } from '../app/problem.tsx';

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
    <Door>
      {found.data !== undefined && <Form link={link} {...found.data} />}
      {found.data === undefined && !gone && found.error === null && <Loader type="dots" />}
      {(gone || found.error !== null) && <Gone error={gone ? undefined : found.error} />}
    </Door>
  );
}

function Gone({ error }: { error: unknown }) {
  const textOf = useProblemText();
  return <Text role="alert">{error === undefined ? <FormattedMessage id="problem.team:link-gone" /> : textOf(error)}</Text>;
}

function Form({ link, name, email }: { link: string; name: string; email: string }) {
  const textOf = useProblemText();
  const entering = useEntering(link, email);
  const [differs, setDiffers] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = passwordIn(form);
    setDiffers(password === undefined);
    if (password !== undefined) entering.mutate(password);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          <FormattedMessage id="link.text" values={{ name }} />
        </Text>
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <NewPassword differs={differs} />
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
