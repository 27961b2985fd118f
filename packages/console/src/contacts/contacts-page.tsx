/** Citizens, found by how their name begins or their number ends. Nobody is listed before somebody is looked for. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Contact } from '../api/client.ts';
import { contactsQuery } from '../api/queries.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useKeys } from '../app/shortcuts.tsx';
import { VirtualRows } from '../app/virtual-rows.tsx';

const route = getRouteApi('/contacts');
const LEAST = 2;

export function ContactsPage() {
  const navigate = useNavigate();
  const { search = '' } = route.useSearch();
  const found = useQuery({ ...contactsQuery(search), enabled: search.length >= LEAST });
  const matched = useMatchRoute()({ to: '/contacts/$contact' });
  const open = matched === false ? undefined : matched.contact;
  const close = useMemo(
    () => (open === undefined ? undefined : () => void navigate({ to: '/contacts', search: (kept) => kept })),
    [open, navigate],
  );
  const looked = search.length >= LEAST;
  const contacts = found.data?.contacts ?? [];
  return (
    <ListPage
      title="nav.contacts"
      filters={<Search search={search} />}
      found={{ ...found, isPending: looked && found.isPending, isSuccess: looked && found.isSuccess }}
      empty={contacts.length === 0 ? 'contacts.none' : undefined}
      open={open !== undefined}
    >
      {!looked && (
        <Text c="var(--dim)" ta="center" p="xl">
          <FormattedMessage id="contacts.begin" />
        </Text>
      )}
      <VirtualRows
        items={contacts}
        keyOf={({ id }) => id}
        row={(contact) => <Row contact={contact} current={contact.id === open} />}
        more={undefined}
        close={close}
      />
    </ListPage>
  );
}

function Search({ search }: { search: string }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useKeys(useMemo(() => ({ '/': () => field.current?.focus() }), []));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = field.current?.value.trim() ?? '';
    void navigate({ to: '/contacts', search: said.length < LEAST ? {} : { search: said } });
  };
  const text = intl.formatMessage({ id: 'contacts.search' });
  return (
    <search>
      <form onSubmit={submit}>
        <Group gap={8}>
          <TextInput
            ref={field}
            key={search}
            defaultValue={search}
            size="xs"
            w={260}
            maxLength={100}
            aria-label={text}
            placeholder={text}
          />
          <Button size="xs" type="submit">
            <FormattedMessage id="contacts.find" />
          </Button>
        </Group>
      </form>
    </search>
  );
}

function Row({ contact, current }: { contact: Contact; current: boolean }) {
  const intl = useIntl();
  const { id, name, phone, language, lastWroteAt } = contact;
  return (
    <Link
      className={list.row}
      data-two-lines=""
      to="/contacts/$contact"
      params={{ contact: id }}
      search={(kept) => kept}
      aria-current={current}
    >
      <span className={list.name}>{name ?? intl.formatMessage({ id: 'tickets.nameless' })}</span>
      <span className={list.due}>{lastWroteAt !== null && intl.formatDate(lastWroteAt, { day: 'numeric', month: 'short' })}</span>
      <span className={list.state}>{phone ?? '–'}</span>
      <span className={list.reference}>{language}</span>
    </Link>
  );
}
