/** The frame of every page: where to go, who is signed in. Whoever is not signed in sees the door only. */
import { ActionIcon, Button, Center, Group, Loader, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useMatchRoute } from '@tanstack/react-router';
import { FormattedMessage, useIntl } from 'react-intl';
import { codeOf, type Me } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { signOut } from '../api/sign-in.ts';
import { Alarm } from '../live/alarm.tsx';
import { DutySwitch } from '../live/duty-switch.tsx';
import { Live } from '../live/live.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { LANGUAGES, type Language, useLanguage } from './language.tsx';
import { Problem } from './problem.tsx';
import { roomsOf } from './rooms.ts';
import classes from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';

/** Where whoever is not signed in yet comes in by a link. */
export const LINK_PATH = '/link';
export const SET_UP_PATH = '/set-up';
/** For whoever writes a program. */
export const REFERENCE_PATH = '/reference';

export function Shell() {
  const matches = useMatchRoute();
  const isDoor = [LINK_PATH, SET_UP_PATH, REFERENCE_PATH].some((to) => matches({ to }) !== false);
  return isDoor ? <Outlet /> : <House />;
}

function House() {
  const me = useQuery(meQuery);
  if (me.isPending)
    return (
      <Center h="100%">
        <Loader type="dots" aria-label="…" />
      </Center>
    );
  if (codeOf(me.error) === 'api:sign-in') return <SignIn />;
  if (me.data === undefined) return <Problem error={me.error} retry={() => void me.refetch()} />;
  return (
    <Live me={me.data}>
      <div className={classes.frame}>
        <Side me={me.data} />
        <main className={classes.main}>
          {me.data.permissions.includes('tickets.act') && <Alarm />}
          <div className={classes.room}>
            <Outlet />
          </div>
        </main>
        <Shortcuts />
      </div>
    </Live>
  );
}

function Side({ me: { officer, organization, permissions, roles } }: { me: Me }) {
  const intl = useIntl();
  return (
    <nav className={classes.side} aria-label={intl.formatMessage({ id: 'nav.label' })}>
      <div className={classes.brand}>
        <FormattedMessage id="brand" /> <span>Hazir</span>
      </div>
      <div className={classes.links}>
        {roomsOf(permissions).map(({ to, text }) => (
          <Link key={to} className={classes.link} to={to}>
            <FormattedMessage id={text} />
          </Link>
        ))}
      </div>
      <div className={classes.foot}>
        <Link className={classes.who} to="/account">
          <span className={classes.name}>{officer.name}</span>
          <div className={classes.where}>
            {[...new Set(roles.map(({ role }) => intl.formatMessage({ id: `role.${role}` })))].join(', ')} · {organization.name}
          </div>
        </Link>
        {permissions.includes('tickets.act') && <DutySwitch />}
        <Group gap={6}>
          <LanguageMenu />
          <SchemeSwitch />
          <SignOut />
        </Group>
      </div>
    </nav>
  );
}

function LanguageMenu() {
  const { language, choose } = useLanguage();
  const queries = useQueryClient();
  const take = (wanted: Language) => {
    choose(wanted);
    // Names of states and categories come from the server, in the language of the call.
    void queries.invalidateQueries();
  };
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" size="compact-sm">
          <FormattedMessage id={`language.${language}`} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((one) => (
          <Menu.Item key={one} lang={one} onClick={() => take(one)}>
            <FormattedMessage id={`language.${one}`} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeSwitch() {
  const intl = useIntl();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const next = scheme === 'light' ? 'dark' : 'light';
  return (
    <ActionIcon variant="default" aria-label={intl.formatMessage({ id: `scheme.${next}` })} onClick={() => setColorScheme(next)}>
      {next === 'dark' ? '☾' : '☀'}
    </ActionIcon>
  );
}

function SignOut() {
  const queries = useQueryClient();
  const leave = async () => {
    await signOut().catch(() => undefined);
    // What the one before saw is not the next one's to see.
    queries.clear();
    await queries.invalidateQueries(meQuery);
    window.location.assign('/console/');
  };
  return (
    <Button variant="subtle" size="compact-sm" color="gray" c="var(--dim)" onClick={() => void leave()}>
      <FormattedMessage id="signOut" />
    </Button>
  );
}
