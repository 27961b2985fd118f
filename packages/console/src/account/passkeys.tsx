/** Passkeys: this device, unlocked as usual, instead of a password. */
import { Button, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Account } from '../api/client.ts';
import { accountQuery } from '../api/queries.ts';
import { useProblemText } from '../app/problem.tsx';
import classes from './account.module.css';
import { deviceOf } from './device.ts';
import { SecretForm } from './secret-form.tsx';

export function Passkeys({ passkeys }: Pick<Account, 'passkeys'>) {
  const intl = useIntl();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const add = async (form: FormData) => {
    const { addPasskey } = await import('../api/passkeys.ts');
    await addPasskey(String(form.get('name')).trim());
    await queries.invalidateQueries(accountQuery);
    setAdding(false);
  };
  return (
    <>
      <Text size="sm" c="var(--dim)">
        <FormattedMessage id="account.passkeysText" />
      </Text>
      {passkeys.length > 0 && (
        <ul className={classes.rows}>
          {passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {adding ? (
        <SecretForm submit="account.addPasskey" send={add} cancel={() => setAdding(false)}>
          <TextInput
            name="name"
            label={intl.formatMessage({ id: 'account.passkeyName' })}
            defaultValue={deviceOf(navigator.userAgent) ?? ''}
            maxLength={60}
            required
          />
        </SecretForm>
      ) : (
        <div>
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            <FormattedMessage id="account.addPasskey" />
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ passkey: { id, name, createdAt } }: { passkey: Account['passkeys'][number] }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: async () => (await import('../api/passkeys.ts')).removePasskey(id),
    onSettled: () => queries.invalidateQueries(accountQuery),
  });
  const shown = name ?? intl.formatMessage({ id: 'account.passkey' });
  return (
    <li className={classes.row}>
      <span>
        {shown}
        <Text span size="sm" c="var(--dim)">
          {' '}
          <FormattedMessage id="account.since" values={{ time: intl.formatDate(createdAt, { dateStyle: 'medium' }) }} />
        </Text>
        {removing.error !== null && (
          <Text role="alert" size="sm" c="var(--late)">
            {textOf(removing.error)}
          </Text>
        )}
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={removing.isPending}
        aria-label={intl.formatMessage({ id: 'account.removeThis' }, { name: shown })}
        onClick={() => removing.mutate()}
      >
        <FormattedMessage id="account.remove" />
      </Button>
    </li>
  );
}
