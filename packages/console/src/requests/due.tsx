/** Until when a request is due, as a person says it; late ones are told apart by words, not by colour alone. */
import { FormattedMessage, useIntl } from 'react-intl';
import type { Request } from '../api/client.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

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

/** The largest unit that says enough. */
export function durationOf(ms: number, format: ReturnType<typeof useIntl>['formatMessage']): string {
  if (ms < HOUR) return format({ id: 'time.minutes' }, { count: Math.max(1, Math.round(ms / 60_000)) });
  if (ms < 2 * DAY) return format({ id: 'time.hours' }, { count: Math.round(ms / HOUR) });
  return format({ id: 'time.days' }, { count: Math.round(ms / DAY) });
}
