/** Until when a request is due, as a person says it; late ones are told apart by words, not by colour alone. */
import { FormattedMessage, useIntl } from 'react-intl';
import type { Request } from '../api/client.ts';
import { durationOf } from '../app/duration.ts';

const DAY = 24 * 3_600_000;

export function Due({ request: { dueAt, closedAt, overdue } }: { request: Pick<Request, 'dueAt' | 'closedAt' | 'overdue'> }) {
  const intl = useIntl();
  if (closedAt !== null)
    return <span style={{ color: 'var(--dim)' }}>{intl.formatDate(closedAt, { day: 'numeric', month: 'short' })}</span>;
  if (dueAt === null)
    return (
      <span style={{ color: 'var(--dim)' }}>
        <FormattedMessage id="due.none" />
      </span>
    );
  const left = new Date(dueAt).getTime() - Date.now();
  const colour = overdue ? 'var(--late)' : left < DAY ? 'var(--soon)' : 'inherit';
  const time = durationOf(Math.abs(left), intl.formatMessage);
  return (
    <time dateTime={dueAt} title={intl.formatDate(dueAt, { dateStyle: 'medium', timeStyle: 'short' })} style={{ color: colour }}>
      <FormattedMessage id={overdue ? 'due.late' : 'due.left'} values={{ time }} />
    </time>
  );
}
