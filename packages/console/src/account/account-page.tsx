/** An officer's own account: where they are signed in, by what, and in which language. */
import { SegmentedControl, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { type Account, answerOf, client } from '../api/client.ts';
import { accountQuery, meQuery } from '../api/queries.ts';
import { LANGUAGES, useLanguage } from '../app/language.tsx';
import { Loaded } from '../app/loaded.tsx';
import classes from './account.module.css';
import { Factor } from './factor.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';

export function AccountPage() {
  const found = useQuery(accountQuery);
  return <Loaded found={found}>{(account) => <Rooms account={account} />}</Loaded>;
}

function Rooms({ account }: { account: Account }) {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={classes.page}>
      <div>
        <Title order={1} size="h3">
          <FormattedMessage id="nav.account" />
        </Title>
        <Text c="var(--dim)" size="sm">
          {me?.officer.name} · {me?.officer.email}
        </Text>
      </div>
      <Part id="account.language">
        <Languages account={account} />
      </Part>
      {account.hasPassword && (
        <Part id="account.password">
          <Password />
        </Part>
      )}
      {account.hasPassword && (
        <Part id="account.factor">
          <Factor on={account.twoFactor} />
        </Part>
      )}
      <Part id="account.passkeys">
        <Passkeys passkeys={account.passkeys} />
      </Part>
      <Part id="account.sessions">
        <Sessions sessions={account.sessions} />
      </Part>
    </div>
  );
}

function Part({ id, children }: { id: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className={classes.part}>
      <Title order={2} size="h5" id={id}>
        <FormattedMessage id={id} />
      </Title>
      {children}
    </section>
  );
}

/** Of this device, and of what the server says to the officer elsewhere. */
function Languages({ account }: { account: Account }) {
  const intl = useIntl();
  const queries = useQueryClient();
  const { language, choose } = useLanguage();
  const speaking = useMutation({
    mutationFn: (wanted: (typeof LANGUAGES)[number]) =>
      answerOf(client.POST('/account/language', { body: { language: wanted } })),
    onSuccess: (now) => {
      queries.setQueryData(accountQuery.queryKey, now);
      return queries.invalidateQueries();
    },
  });
  const take = (value: string) => {
    const wanted = LANGUAGES.find((one) => one === value);
    if (wanted === undefined) return;
    choose(wanted);
    if (wanted !== account.language) speaking.mutate(wanted);
  };
  return (
    <SegmentedControl
      aria-label={intl.formatMessage({ id: 'account.language' })}
      className={classes.short}
      value={language}
      onChange={take}
      data={LANGUAGES.map((value) => ({ value, label: intl.formatMessage({ id: `language.${value}` }) }))}
    />
  );
}
