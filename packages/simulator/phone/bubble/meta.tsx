import type { ChatItem } from '../../src/protocol.ts';
import { usePhone } from '../state/phone-context.ts';
import { Ticks } from './ticks.tsx';

/** Time, "edited" and ticks in the corner of a bubble. */
export function Meta({ item }: { item: ChatItem }) {
  const { texts, locale } = usePhone();
  return (
    <span className="meta">
      {item.edited && !item.revoked && <span className="meta-edited">{texts.chat.edited}</span>}
      <time dateTime={new Date(item.at).toISOString()}>{timeOf(item.at, locale)}</time>
      {item.from === 'citizen' && <Ticks state={item.ticks} texts={texts} />}
    </span>
  );
}

/** Room for the meta at the end of the last line, so that words and time never overlap. */
export function MetaSpace({ item }: { item: ChatItem }) {
  const wide = item.from === 'citizen';
  return (
    <span
      className={`meta-space${wide ? ' meta-space-ticks' : ''}${item.edited ? ' meta-space-edited' : ''}`}
      aria-hidden="true"
    />
  );
}

export function timeOf(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', hour12: true }).format(at);
}
