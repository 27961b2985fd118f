import { FormattedMessage } from 'react-intl';
import type { ChannelHealth } from '../api/client.ts';
import classes from './channels.module.css';

const MARKS = { ok: '✓', warn: '!', bad: '✕' } as const;

/** What was found, in a word and in Meta's own. */
export function Findings({ findings }: Pick<ChannelHealth, 'findings'>) {
  return (
    <ul className={classes.findings}>
      {findings.map(({ check, state, detail }) => (
        <li key={check} data-state={state}>
          <span aria-hidden>{MARKS[state]}</span>
          <span>
            <FormattedMessage id={`check.${check}.${state === 'bad' ? 'bad' : 'ok'}`} />
            {detail !== '' && <small className={classes.detail}>{detail}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
