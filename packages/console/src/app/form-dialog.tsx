/** A dialog that asks for something and does it: what went wrong, the way back and the button look the same in each. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useProblemText } from './problem.tsx';

interface FormDialogProps {
  title: ReactNode;
  /** Of the button. */
  does: ReactNode;
  acting: { error: unknown; isPending: boolean };
  submit: (form: FormData) => void;
  close: () => void;
  disabled?: boolean;
  /** The fields. */
  children: ReactNode;
}

export function FormDialog({ title, does, acting, submit, close, disabled = false, children }: FormDialogProps) {
  const intl = useIntl();
  const textOf = useProblemText();
  const take = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(new FormData(event.currentTarget));
  };
  return (
    <Modal
      opened
      onClose={close}
      title={<b>{title}</b>}
      closeButtonProps={{ 'aria-label': intl.formatMessage({ id: 'act.cancel' }) }}
      centered
    >
      <form onSubmit={take}>
        <Stack>
          {children}
          {acting.error !== null && (
            <Text role="alert" size="sm" c="var(--late)">
              {textOf(acting.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              <FormattedMessage id="act.cancel" />
            </Button>
            <Button type="submit" loading={acting.isPending} disabled={disabled}>
              {does}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
