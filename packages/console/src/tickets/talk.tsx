/** What was said, the newest last; earlier lines are asked for when they are wanted. */
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { answerOf, client, type FullTicket, type Line } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { useProblemText } from '../app/problem.tsx';
import { useWriters } from '../live/live.tsx';
import classes from './ticket-panel.module.css';

export function Talk({ ticket }: { ticket: FullTicket }) {
  const intl = useIntl();
  const textOf = useProblemText();
  const end = useRef<HTMLLIElement>(null);
  const [earlier, setEarlier] = useState<{ lines: readonly Line[]; before: string | null }>();
  const { id } = ticket;
  const load = useMutation({
    mutationFn: (before: string) =>
      answerOf(client.GET('/tickets/{ticket}', { params: { path: { ticket: id }, query: { before } } })),
    onSuccess: ({ lines: found, before }) => setEarlier({ lines: [...found, ...(earlier?.lines ?? [])], before }),
  });
  const lines = unique([...(earlier?.lines ?? []), ...ticket.lines]);
  const before = earlier === undefined ? ticket.before : earlier.before;
  const newest = ticket.lines.at(-1)?.id;
  const writers = useWriters(id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line is what is scrolled to.
  useEffect(() => void end.current?.scrollIntoView({ block: 'end' }), [newest]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <ol className={classes.talk} aria-label={intl.formatMessage({ id: 'ticket.talk' })} tabIndex={0}>
      {before !== null && (
        <li className={classes.middle}>
          <Button size="compact-sm" variant="default" loading={load.isPending} onClick={() => load.mutate(before)}>
            <FormattedMessage id="ticket.earlier" />
          </Button>
          {load.error !== null && <span role="alert">{textOf(load.error)}</span>}
        </li>
      )}
      {lines.map((line) => (
        <li key={line.id} className={classes.line} data-from={line.from} ref={line.id === newest ? end : undefined}>
          <Said ticket={id} line={line} />
        </li>
      ))}
      {writers.length > 0 && (
        <li className={classes.middle} aria-live="polite">
          <FormattedMessage id="ticket.writes" values={{ name: intl.formatList(writers) }} />
        </li>
      )}
    </ol>
  );
}

function Said({ ticket, line }: { ticket: string; line: Line }) {
  const intl = useIntl();
  const { from, author, text, file, kind, at, status } = line;
  return (
    <>
      {file !== null && <Sent ticket={ticket} line={line} />}
      {text === '' && file === null ? <FormattedMessage id="ticket.noWords" values={{ kind }} /> : text}
      <span className={classes.meta}>
        <FormattedMessage id={`from.${from}`} />
        {from === 'note' && author !== null && ` ${author}`} · {intl.formatTime(at)}
        {status !== null && (
          <>
            {' · '}
            <FormattedMessage id={`status.${status}`} />
          </>
        )}
      </span>
    </>
  );
}

/** A picture is shown, a voice message can be heard; all else is only given to be kept. */
function Sent({ ticket, line: { id, file } }: { ticket: string; line: Line }) {
  const intl = useIntl();
  const { data: me } = useQuery(meQuery);
  const type = file?.mimeType ?? '';
  const name = file?.name === '' || file === null ? intl.formatMessage({ id: 'ticket.file' }) : file.name;
  if (me?.permissions.includes('details.read') !== true) return <span>{name}</span>;
  const address = `/api/v1/tickets/${ticket}/files/${id}?organization=${me.organization.id}`;
  if (type.startsWith('image/')) return <img className={classes.picture} src={address} alt={name} loading="lazy" />;
  // biome-ignore lint/a11y/useMediaCaption: a citizen's voice message has no captions.
  if (type.startsWith('audio/')) return <audio className={classes.voice} controls preload="none" src={address} />;
  return (
    <a className={classes.file} href={address} download={name}>
      {name}
    </a>
  );
}

/** A page of earlier lines may end with one that is among the later ones. */
function unique(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [line.id, line])).values()];
}
