import { FormattedMessage, useIntl } from 'react-intl';
import type { FullRequest } from '../api/client.ts';
import classes from './request-panel.module.css';

/** What happened, the latest first. */
export function Timeline({ events }: { events: FullRequest['timeline'] }) {
  const intl = useIntl();
  return (
    <ol className={classes.timeline} reversed>
      {events.toReversed().map((event) => (
        <li key={`${event.at} ${event.type} ${event.note ?? ''}`}>
          <div>
            {event.said === '' ? intl.formatMessage({ id: `event.${event.type}` }) : event.said}{' '}
            <span className={classes.when}>· {whoOf(event)}</span>
          </div>
          {event.note !== null && event.note !== '' && <div>{event.note}</div>}
          <time className={classes.when} dateTime={event.at}>
            {intl.formatDate(event.at, { dateStyle: 'medium', timeStyle: 'short' })}
          </time>
        </li>
      ))}
    </ol>
  );

  function whoOf({ actor, post }: FullRequest['timeline'][number]) {
    if (actor === 'citizen' || actor === 'follower') return <FormattedMessage id={`actor.${actor}`} />;
    if (post !== null) return post;
    return <FormattedMessage id={/^(officer|key)-/.test(actor) ? 'actor.officer' : 'actor.system'} />;
  }
}
