import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { ProblemError } from '../api/client.ts';
import { accountQuery } from '../api/queries.ts';
import { changePassword } from '../api/sign-in.ts';
import { SecretField, SecretForm } from './secret-form.tsx';

type Step = 'closed' | 'open' | 'done';

/** A new password ends every other session. */
export function Password() {
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>('closed');
  const send = async (form: FormData) => {
    if (form.get('new') !== form.get('again')) throw new ProblemError('passwords-differ', '');
    await changePassword(String(form.get('old')), String(form.get('new')));
    await queries.invalidateQueries(accountQuery);
    setStep('done');
  };
  if (step === 'open')
    return (
      <SecretForm submit="account.changePassword" send={send} cancel={() => setStep('closed')}>
        <SecretField name="old" label="password.old" />
        <SecretField name="new" label="password.new" fresh />
        <SecretField name="again" label="password.again" fresh />
      </SecretForm>
    );
  return (
    <>
      {step === 'done' && (
        <Text role="status" size="sm">
          <FormattedMessage id="account.passwordChanged" />
        </Text>
      )}
      <div>
        <Button size="xs" variant="default" onClick={() => setStep('open')}>
          <FormattedMessage id="account.changePassword" />
        </Button>
      </div>
    </>
  );
}
