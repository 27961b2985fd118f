/** The second factor: an app on the officer's phone that shows six digits, and codes on paper for the day without the phone. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { accountQuery } from '../api/queries.ts';
import { beginFactor, confirmFactor, endFactor, type NewFactor, newBackupCodes } from '../api/sign-in.ts';
import classes from './account.module.css';
import { Qr } from './qr.tsx';
import { SecretField, SecretForm } from './secret-form.tsx';

type Wish = 'begin' | 'end' | 'codes';

export function Factor({ on }: { on: boolean }) {
  const queries = useQueryClient();
  const [wish, setWish] = useState<Wish>();
  const [begun, setBegun] = useState<NewFactor>();
  const [codes, setCodes] = useState<readonly string[]>();
  const over = () => {
    setWish(undefined);
    setBegun(undefined);
    return queries.invalidateQueries(accountQuery);
  };
  const withPassword = async (form: FormData) => {
    const password = String(form.get('password'));
    if (wish === 'begin') return setBegun(await beginFactor(password));
    if (wish === 'codes') setCodes(await newBackupCodes(password));
    else {
      await endFactor(password);
      setCodes(undefined);
    }
    await over();
  };
  const confirmed = async (form: FormData) => {
    await confirmFactor(String(form.get('code')).trim());
    setCodes(begun?.backupCodes);
    await over();
  };
  if (begun !== undefined) return <Confirm uri={begun.totpURI} send={confirmed} cancel={() => void over()} />;
  if (wish !== undefined)
    return (
      <SecretForm submit={`account.factor.${wish}`} send={withPassword} cancel={() => setWish(undefined)}>
        <SecretField name="password" label="signIn.password" />
      </SecretForm>
    );
  return (
    <>
      <Text size="sm" c="var(--dim)">
        <FormattedMessage id={on ? 'account.factorOn' : 'account.factorOff'} />
      </Text>
      {codes !== undefined && <Codes codes={codes} />}
      <Group gap={8}>
        {(on ? (['codes', 'end'] as const) : (['begin'] as const)).map((one) => (
          <Button key={one} size="xs" variant={one === 'begin' ? 'filled' : 'default'} onClick={() => setWish(one)}>
            <FormattedMessage id={`account.factor.${one}`} />
          </Button>
        ))}
      </Group>
    </>
  );
}

interface Confirming {
  uri: string;
  send: (form: FormData) => Promise<void>;
  cancel: () => void;
}

function Confirm({ uri, send, cancel }: Confirming) {
  const intl = useIntl();
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <>
      <Text size="sm">
        <FormattedMessage id="account.factorScan" />
      </Text>
      <Qr text={uri} label={intl.formatMessage({ id: 'account.factorPicture' })} />
      <Text size="sm" c="var(--dim)">
        <FormattedMessage id="account.factorType" />{' '}
        <code className={classes.secret}>{secret.match(/.{1,4}/g)?.join(' ') ?? ''}</code>
      </Text>
      <SecretForm submit="account.factor.confirm" send={send} cancel={cancel}>
        <TextInput
          name="code"
          label={intl.formatMessage({ id: 'signIn.code' })}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\s*\d{6}\s*"
          required
        />
      </SecretForm>
    </>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  return (
    <div role="status">
      <Text size="sm">
        <FormattedMessage id="account.codes" />
      </Text>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
