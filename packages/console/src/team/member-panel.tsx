/** One officer: where they stand, their roles, and what an administrator may do about it. */
import { Button, CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Member } from '../api/client.ts';
import { teamQuery, teamWordsQuery } from '../api/queries.ts';
import { Facts } from '../app/facts.tsx';
import { Loaded } from '../app/loaded.tsx';
import { useProblemText } from '../app/problem.tsx';
import { type Grant, GrantFields, NO_GRANT } from './grant-fields.tsx';
import { LinkShown } from './link-shown.tsx';
import classes from './team.module.css';
import { useTeamAct } from './use-team-act.ts';

export function MemberPanel({ officer }: { officer: string }) {
  const found = useQuery(teamQuery);
  return (
    <Loaded found={found}>
      {({ officers }) => {
        const member = officers.find(({ id }) => id === officer);
        return member === undefined ? <Gone /> : <Panel member={member} />;
      }}
    </Loaded>
  );
}

function Gone() {
  return (
    <Text p="xl" role="status" c="var(--dim)">
      <FormattedMessage id="team.gone" />
    </Text>
  );
}

function Panel({ member }: { member: Member }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/team', search: (kept) => kept });
  return (
    <article className={classes.panel} aria-labelledby="member-title">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={1} size="h3" id="member-title">
            {member.name}
          </Title>
          <Text size="sm" c="var(--dim)">
            {member.email}
          </Text>
        </div>
        <CloseButton aria-label={intl.formatMessage({ id: 'keys.closeHelp' })} onClick={close} />
      </Group>
      <Known member={member} />
      <Keeping member={member} />
      <Roles member={member} />
    </article>
  );
}

function Known({ member: { state, signedInAt, twoFactor, elsewhere } }: { member: Member }) {
  const intl = useIntl();
  const yesNo = (is: boolean) => intl.formatMessage({ id: is ? 'yes' : 'no' });
  const at = signedInAt && intl.formatDate(signedInAt, { dateStyle: 'medium', timeStyle: 'short' });
  const facts = [
    ['team.state', intl.formatMessage({ id: `member.${state}` })],
    ['team.signedIn', at ?? intl.formatMessage({ id: 'team.never' })],
    ['team.twoFactor', yesNo(twoFactor)],
    ...(elsewhere ? [['team.elsewhere', yesNo(true)] as const] : []),
  ] as const;
  return <Facts className={classes.facts} facts={facts} />;
}

function Keeping({ member: { id: officer, name, state, self, elsewhere } }: { member: Member }) {
  const textOf = useProblemText();
  const acting = useTeamAct();
  if (state === 'closed')
    return (
      <Text size="sm" c="var(--dim)">
        <FormattedMessage id="team.closedText" />
      </Text>
    );
  const suspended = state === 'suspended';
  const link = acting.data?.link ?? null;
  return (
    <Stack gap="xs">
      <Group gap={8}>
        {!self && (
          <Button
            size="xs"
            variant="default"
            loading={acting.isPending}
            onClick={() => acting.mutate({ by: 'suspend', officer, suspended: !suspended })}
          >
            <FormattedMessage id={suspended ? 'team.restore' : 'team.suspend'} />
          </Button>
        )}
        {!elsewhere && !self && (
          <Button size="xs" variant="default" loading={acting.isPending} onClick={() => acting.mutate({ by: 'link', officer })}>
            <FormattedMessage id="team.newLink" />
          </Button>
        )}
      </Group>
      <Failed error={acting.error} textOf={textOf} />
      {link !== null && <LinkShown link={link} name={name} />}
    </Stack>
  );
}

function Failed({ error, textOf }: { error: unknown; textOf: (error: unknown) => string }) {
  if (error === null) return null;
  return (
    <Text role="alert" size="sm" c="var(--late)">
      {textOf(error)}
    </Text>
  );
}

function Roles({ member: { id: officer, roles, state } }: { member: Member }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const acting = useTeamAct();
  const { data: words } = useQuery(teamWordsQuery);
  const nameOf = (all: readonly { code: string; name: string }[] = [], code: string | null) =>
    all.find((one) => one.code === code)?.name ?? code;
  return (
    <section aria-labelledby="roles-title">
      <Title order={2} size="h5" mb="xs" id="roles-title">
        <FormattedMessage id="team.roles" />
      </Title>
      <ul className={classes.roles}>
        {roles.map(({ id, role, department, area, post }) => {
          const name = intl.formatMessage({ id: `role.${role}` });
          const named = [nameOf(words?.posts, post), nameOf(words?.departments, department), area];
          const where = named.filter((one) => one !== null).join(' · ');
          return (
            <li key={id} className={classes.role}>
              <span>
                {name}
                <Text span size="sm" c="var(--dim)">
                  {' '}
                  {where === '' ? <FormattedMessage id="team.everywhere" /> : where}
                </Text>
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={intl.formatMessage({ id: 'team.revokeThis' }, { name })}
                onClick={() => acting.mutate({ by: 'revoke', officer, grant: id })}
              >
                <FormattedMessage id="team.revoke" />
              </Button>
            </li>
          );
        })}
      </ul>
      <Failed error={acting.error} textOf={textOf} />
      {state !== 'suspended' && state !== 'closed' && <GrantForm officer={officer} />}
    </section>
  );
}

function GrantForm({ officer }: { officer: string }) {
  const textOf = useProblemText();
  const [grant, setGrant] = useState<Grant>();
  const acting = useTeamAct(() => setGrant(undefined));
  if (grant === undefined)
    return (
      <Button size="xs" variant="default" mt="xs" onClick={() => setGrant(NO_GRANT)}>
        <FormattedMessage id="team.grant" />
      </Button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    acting.mutate({ by: 'grant', officer, body: grant });
  };
  return (
    <form onSubmit={submit}>
      <Stack mt="md" gap="sm">
        <GrantFields grant={grant} set={setGrant} />
        <Failed error={acting.error} textOf={textOf} />
        <Group gap={8}>
          <Button size="xs" type="submit" loading={acting.isPending}>
            <FormattedMessage id="team.grant" />
          </Button>
          <Button size="xs" variant="default" onClick={() => setGrant(undefined)}>
            <FormattedMessage id="act.cancel" />
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
