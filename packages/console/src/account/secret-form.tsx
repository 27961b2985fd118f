/** A form that asks for a secret or two, and says what went wrong with them. */
import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useProblemText } from '../app/problem.tsx';

interface SecretFormProps {
  /** Id of the text on the button. */
  submit: string;
  send: (form: FormData) => Promise<unknown>;
  cancel?: () => void;
  children: ReactNode;
}

export function SecretForm({ submit, send, cancel, children }: SecretFormProps) {
  const textOf = useProblemText();
  const form = useRef<HTMLFormElement>(null);
  const sending = useMutation({ mutationFn: send, onSuccess: () => form.current?.reset() });
  const submitted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sending.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submitted} ref={form}>
      <Stack gap="sm" maw={380}>
        {children}
        {sending.error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(sending.error)}
          </Text>
        )}
        <Group gap={8}>
          <Button type="submit" size="xs" loading={sending.isPending}>
            <FormattedMessage id={submit} />
          </Button>
          {cancel !== undefined && (
            <Button size="xs" variant="default" onClick={cancel}>
              <FormattedMessage id="act.cancel" />
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

export function SecretField({ name, label, fresh = false }: { name: string; label: string; fresh?: boolean }) {
  const intl = useIntl();
  return (
    <PasswordInput
      name={name}
      label={intl.formatMessage({ id: label })}
      autoComplete={fresh ? 'new-password' : 'current-password'}
      visibilityToggleButtonProps={{ 'aria-label': intl.formatMessage({ id: 'signIn.show' }) }}
      {...(fresh && { minLength: 12 })}
      maxLength={200}
      required
    />
  );
}
