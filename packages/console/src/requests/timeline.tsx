import { FormattedMessage, type IntlShape, useIntl } from 'react-intl';
import type { FullRequest } from '../api/client.ts';
import classes from './request-panel.module.css';
import { usePostName } from './use-post-name.ts';

type Event = FullRequest['timeline'][number];

/** What happened, the latest first. */
export function Timeline({ events }: { events: readonly Event[] }) {
  const intl = useIntl();
  const postName = usePostName();
  return (
    <ol className={classes.timeline} reversed>
      {events.toReversed().map((event) => (
        <li key={`${event.at} ${event.type} ${event.note ?? ''}`}>
          <div>
            {nameOf(event, intl)} <span className={classes.when}>· {postName(event.post) ?? <Actor name={event.actor} />}</span>
          </div>
          {event.note !== null && event.note !== '' && <div>{event.note}</div>}
          <time className={classes.when} dateTime={event.at}>
            {intl.formatDate(event.at, { dateStyle: 'medium', timeStyle: 'short' })}
          </time>
        </li>
      ))}
    </ol>
  );
}

/** A move is called as the life cycle calls it; everything else by its type, with whom or what it was about. */
function nameOf({ move, type, said }: Event, intl: IntlShape): string {
  if (move !== null && said !== '') return said;
  const name = intl.formatMessage({ id: `event.${type}` });
  return said === '' ? name : `${name}: ${said}`;
}

function Actor({ name }: { name: string }) {
  if (name === 'citizen' || name === 'follower') return <FormattedMessage id={`actor.${name}`} />;
  return <FormattedMessage id={/^(officer|key)-/.test(name) ? 'actor.officer' : 'actor.system'} />;
}
