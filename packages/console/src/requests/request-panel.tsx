/** One request: what was said, where it stands, what happened, and what this officer may do now. */
import { Center, CloseButton, Group, Loader, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FormattedMessage, useIntl } from 'react-intl';
import { codeOf, type FullRequest } from '../api/client.ts';
import { requestQuery } from '../api/queries.ts';
import { Facts } from '../app/facts.tsx';
import { Problem } from '../app/problem.tsx';
import { Actions } from './actions.tsx';
import { Due } from './due.tsx';
import classes from './request-panel.module.css';
import { State } from './state.tsx';
import { Timeline } from './timeline.tsx';
import { usePostName } from './use-post-name.ts';

export function RequestPanel({ reference }: { reference: string }) {
  const found = useQuery(requestQuery(reference));
  if (found.isPending)
    return (
      <Center p="xl">
        <Loader type="dots" />
      </Center>
    );
  // What was handed on to others is not shown any more as it was.
  if (found.data === undefined || codeOf(found.error) === 'service-requests:not-found')
    return <Problem error={found.error} retry={() => void found.refetch()} />;
  return <Panel request={found.data} />;
}

function Panel({ request }: { request: FullRequest }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/requests', search: (kept) => kept });
  return (
    <article className={classes.panel} aria-labelledby="request-title">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Text size="sm" c="var(--dim)">
            {request.reference}
          </Text>
          <Title order={1} size="h3" id="request-title">
            {request.categoryName}
          </Title>
        </div>
        <CloseButton aria-label={intl.formatMessage({ id: 'keys.close' })} onClick={close} />
      </Group>
      <Actions request={request} />
      {request.description !== null && request.description !== '' && (
        <blockquote className={classes.said}>{request.description}</blockquote>
      )}
      <Known request={request} />
      <Photos request={request} />
      <section aria-labelledby="timeline-title">
        <Title order={2} size="h5" mb="sm" id="timeline-title">
          <FormattedMessage id="request.timeline" />
        </Title>
        <Timeline events={request.timeline} />
      </section>
    </article>
  );
}

function Known({ request }: { request: FullRequest }) {
  const intl = useIntl();
  const at = (iso: string) => intl.formatDate(iso, { dateStyle: 'medium', timeStyle: 'short' });
  const facts: [string, React.ReactNode][] = [
    ['request.state', <State key="state" request={request} />],
    ['request.due', <Due key="due" request={request} />],
    ['request.place', [request.address, request.area].filter(Boolean).join(' · ')],
    ['request.department', request.departmentName],
    ['request.post', usePostName()(request.post)],
    ['request.created', at(request.createdAt)],
    ['request.reopened', request.reopened === 0 ? null : String(request.reopened)],
    ['request.rating', request.rating === null ? null : `${request.rating} / 5`],
    ['request.duplicateOf', request.duplicateOf],
  ];
  return <Facts className={classes.facts} facts={facts.filter(([, value]) => value !== null && value !== '')} />;
}

function Photos({ request: { reference, attachments } }: { request: FullRequest }) {
  const intl = useIntl();
  if (attachments.length === 0) return null;
  return (
    <ul className={classes.photos} aria-label={intl.formatMessage({ id: 'request.files' })}>
      {attachments.map(({ id, mimeType, metres, takenAt, alsoWith }, index) => {
        const address = `/api/v1/requests/${encodeURIComponent(reference)}/files/${id}`;
        const name = intl.formatMessage({ id: 'request.file' }, { number: index + 1 });
        return (
          <li key={id}>
            <figure>
              {mimeType?.startsWith('image/') ? (
                <a href={address} target="_blank" rel="noreferrer">
                  <img src={address} alt={name} loading="lazy" />
                </a>
              ) : (
                <a href={address}>{mimeType === null ? intl.formatMessage({ id: 'request.noFile' }) : name}</a>
              )}
              <figcaption>
                {metres !== null && <FormattedMessage id="request.metres" values={{ metres }} />}{' '}
                {takenAt !== null && intl.formatDate(takenAt, { dateStyle: 'medium', timeStyle: 'short' })}{' '}
                {alsoWith.length > 0 && <FormattedMessage id="request.alsoWith" values={{ references: alsoWith.join(', ') }} />}
              </figcaption>
            </figure>
          </li>
        );
      })}
    </ul>
  );
}
