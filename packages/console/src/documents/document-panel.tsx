/** One document: what it says, correcting a field, and taking it back. */
import { Button, CloseButton, Group, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, type IssuedDocument } from '../api/client.ts';
import { documentQuery, meQuery } from '../api/queries.ts';
import { FormDialog } from '../app/form-dialog.tsx';
import { Loaded } from '../app/loaded.tsx';
import classes from './document.module.css';

type Field = IssuedDocument['fields'][number];
/** A field to correct; "revoke" takes the document back. */
type Wanted = Field | 'revoke';

const MOST_REASON = 500;
const MOST_VALUE = 200;

export function DocumentPanel({ number }: { number: string }) {
  const found = useQuery(documentQuery(number));
  return <Loaded found={found}>{(one) => <Panel document={one} />}</Loaded>;
}

function Panel({ document: one }: { document: IssuedDocument }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const [wanted, setWanted] = useState<Wanted>();
  const may = me?.permissions.includes('documents.act') === true && one.revokedAt === null;
  const day = (at: string | null) => (at === null ? '–' : intl.formatDate(at, { dateStyle: 'medium' }));
  return (
    <article className={classes.panel} aria-labelledby="document-title">
      <Group justify="space-between">
        <Title order={1} size="h4" id="document-title">
          {one.number}
        </Title>
        <CloseButton
          aria-label={intl.formatMessage({ id: 'keys.closeHelp' })}
          onClick={() => void navigate({ to: '/documents' })}
        />
      </Group>
      <p className={classes.about}>
        {one.typeName} · <FormattedMessage id="documents.version" values={{ number: one.version }} /> ·{' '}
        <FormattedMessage id="documents.issued" values={{ time: day(one.issuedAt) }} />
        {one.expiresAt !== null && (
          <>
            {' · '}
            <FormattedMessage id="documents.expires" values={{ time: day(one.expiresAt) }} />
          </>
        )}
      </p>
      {one.revokedAt !== null && (
        <p role="status" className={classes.revoked}>
          <FormattedMessage id="documents.revoked" />: {day(one.revokedAt)} · {one.revokeReason}
        </p>
      )}
      <dl className={classes.fields}>
        {one.fields.map((field) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>
              {field.value}{' '}
              {may && field.correctable && (
                <Button size="compact-xs" variant="default" onClick={() => setWanted(field)}>
                  <FormattedMessage id="documents.correct" />
                </Button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {may && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setWanted('revoke')}>
            <FormattedMessage id="documents.revoke" />
          </Button>
        </Group>
      )}
      {wanted !== undefined && <ActDialog number={one.number} wanted={wanted} close={() => setWanted(undefined)} />}
    </article>
  );
}

function ActDialog({ number, wanted, close }: { number: string; wanted: Wanted; close: () => void }) {
  const intl = useIntl();
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const acting = useMutation({
    mutationFn: (said: string) => {
      const params = { path: { number }, header: { 'idempotency-key': key.current } };
      return wanted === 'revoke'
        ? answerOf(client.POST('/documents/{number}/revocations', { params, body: { reason: said } }))
        : answerOf(client.POST('/documents/{number}/corrections', { params, body: { field: wanted.name, value: said } }));
    },
    onSuccess: close,
    onSettled: () =>
      queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => name === 'documents' || name === 'document' }),
  });
  const title = <FormattedMessage id={wanted === 'revoke' ? 'documents.revoke' : 'documents.correct'} />;
  return (
    <FormDialog
      title={title}
      does={title}
      acting={acting}
      submit={(form) => acting.mutate(String(form.get('said') ?? '').trim())}
      close={close}
    >
      {wanted === 'revoke' ? (
        <Textarea
          name="said"
          label={intl.formatMessage({ id: 'documents.reason' })}
          description={intl.formatMessage({ id: 'documents.reasonHelp' })}
          maxLength={MOST_REASON}
          required
          data-autofocus
        />
      ) : (
        <TextInput
          name="said"
          label={wanted.label}
          description={intl.formatMessage({ id: 'documents.correctHelp' })}
          defaultValue={wanted.value}
          maxLength={MOST_VALUE}
          required
          data-autofocus
        />
      )}
    </FormDialog>
  );
}
