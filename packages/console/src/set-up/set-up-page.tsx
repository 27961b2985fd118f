/** The first run: whoever has the link that the server printed makes the organization and its first administrator. */
import { Button, Loader, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, type FirstRun } from '../api/client.ts';
import type { SetUpBody } from '../api/queries.ts';
import { signIn } from '../api/sign-in.ts';
import { Door } from '../app/door.tsx';
import { useLanguage } from '../app/language.tsx';
import { NewPassword, passwordIn } from '../app/new-password.tsx';
import { useProblemText } from '../app/problem.tsx';
import { slugOf } from './slug.ts';

export function SetUpPage() {
  const textOf = useProblemText();
  const secret = window.location.hash.slice(1) || 'none';
  const found = useQuery({
    queryKey: ['set-up', secret],
    queryFn: () => answerOf(client.POST('/set-up/look', { body: { secret } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Door>
      {found.isPending && <Loader type="dots" />}
      {found.error !== null && <Text role="alert">{textOf(found.error)}</Text>}
      {found.data !== undefined && <Form secret={secret} organizations={found.data.organizations} />}
    </Door>
  );
}

function Form({ secret, organizations }: { secret: string } & FirstRun) {
  const intl = useIntl();
  const textOf = useProblemText();
  const { language } = useLanguage();
  const making = useMaking();
  const [differs, setDiffers] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string) => String(form.get(name) ?? '').trim();
    const password = passwordIn(form);
    setDiffers(password === undefined);
    if (password === undefined) return;
    const chosen = organizations.find(({ slug }) => slug === said('slug'));
    const organization = chosen ?? { slug: said('slug'), name: said('organization') };
    making.mutate({ secret, organization, officer: { email: said('email'), name: said('name'), password, language } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          <FormattedMessage id="setUp.text" />
        </Text>
        <OrganizationFields organizations={organizations} />
        <TextInput name="name" label={intl.formatMessage({ id: 'setUp.name' })} maxLength={100} required autoComplete="name" />
        <TextInput
          name="email"
          type="email"
          label={intl.formatMessage({ id: 'signIn.email' })}
          maxLength={200}
          required
          autoComplete="username"
        />
        <NewPassword differs={differs} />
        {making.error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(making.error)}
          </Text>
        )}
        <Button type="submit" loading={making.isPending}>
          <FormattedMessage id="setUp.make" />
        </Button>
      </Stack>
    </form>
  );
}

/** One that is there, or a new one; its short name follows from its name until it is typed. */
function OrganizationFields({ organizations }: FirstRun) {
  const intl = useIntl();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string>();
  if (organizations.length > 0)
    return (
      <Select
        name="slug"
        label={intl.formatMessage({ id: 'setUp.organization' })}
        data={organizations.map((one) => ({ value: one.slug, label: one.name }))}
        defaultValue={organizations[0]?.slug ?? null}
        allowDeselect={false}
      />
    );
  return (
    <>
      <TextInput
        name="organization"
        label={intl.formatMessage({ id: 'setUp.organization' })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        required
        autoFocus
      />
      <TextInput
        name="slug"
        label={intl.formatMessage({ id: 'setUp.slug' })}
        description={intl.formatMessage({ id: 'setUp.slugHelp' })}
        value={slug ?? slugOf(name)}
        onChange={(event) => setSlug(event.currentTarget.value)}
        pattern="[a-z0-9]+(-[a-z0-9]+)*"
        maxLength={40}
        required
      />
    </>
  );
}

function useMaking() {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async (body: SetUpBody) => {
      await answerOf(client.POST('/set-up', { body }));
      await signIn(body.officer.email, body.officer.password);
    },
    onSuccess: async () => {
      queries.clear();
      await router.navigate({ to: '/team', replace: true });
    },
  });
}
