/** Documents that were issued: the latest, or the one with a number. */
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { IssuedDocument } from '../api/client.ts';
import { documentsQuery } from '../api/queries.ts';
import list from '../app/list.module.css';
import { ListPage } from '../app/list-page.tsx';
import { useKeys } from '../app/shortcuts.tsx';
import { VirtualRows } from '../app/virtual-rows.tsx';

export function DocumentsPage() {
  const navigate = useNavigate();
  const found = useQuery(documentsQuery);
  const matched = useMatchRoute()({ to: '/documents/$number' });
  const open = matched === false ? undefined : matched.number;
  const close = useMemo(() => (open === undefined ? undefined : () => void navigate({ to: '/documents' })), [open, navigate]);
  const documents = found.data?.documents ?? [];
  return (
    <ListPage
      title="nav.documents"
      filters={<Search />}
      found={found}
      empty={documents.length === 0 ? 'documents.none' : undefined}
      open={open !== undefined}
    >
      <VirtualRows
        items={documents}
        keyOf={({ number }) => number}
        row={(one) => <Row document={one} current={one.number === open} />}
        more={undefined}
        close={close}
      />
    </ListPage>
  );
}

/** A number leads to its document, also when it is not among the latest. */
function Search() {
  const intl = useIntl();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  useKeys(useMemo(() => ({ '/': () => field.current?.focus() }), []));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const number = field.current?.value.trim() ?? '';
    if (number !== '') void navigate({ to: '/documents/$number', params: { number } });
  };
  const text = intl.formatMessage({ id: 'documents.search' });
  return (
    <search>
      <form onSubmit={submit}>
        <TextInput ref={field} size="xs" w={220} maxLength={30} aria-label={text} placeholder={text} />
      </form>
    </search>
  );
}

function Row({ document: { number, typeName, issuedAt, revokedAt }, current }: { document: IssuedDocument; current: boolean }) {
  const intl = useIntl();
  return (
    <Link className={list.row} data-two-lines="" to="/documents/$number" params={{ number }} aria-current={current}>
      <span className={list.name}>{number}</span>
      <span className={list.due}>{intl.formatDate(issuedAt, { day: 'numeric', month: 'short', year: 'numeric' })}</span>
      <span className={list.state}>{typeName}</span>
      <span className={list.reference}>{revokedAt !== null && <FormattedMessage id="documents.revoked" />}</span>
    </Link>
  );
}
