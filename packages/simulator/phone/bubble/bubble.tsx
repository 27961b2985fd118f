import type { ChatItem } from '../../src/protocol.ts';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { BubbleBody } from './bubble-body.tsx';
import { BubbleButtons } from './bubble-buttons.tsx';
import { bubbleId } from './bubble-id.ts';
import { Meta } from './meta.tsx';
import { Quote } from './quote.tsx';

interface BubbleProps {
  item: ChatItem;
  /** First of a run by the same sender: it carries the tail. */
  first: boolean;
}

/** One message with everything that belongs to it: quote, content, time, ticks, buttons, reaction, failure. */
export function Bubble({ item, first }: BubbleProps) {
  const { texts, number, openSheet, startReply } = usePhone();
  const who = item.from === 'citizen' ? texts.chat.you : number.name;
  const names = [
    'bubble',
    `bubble-${item.from}`,
    `bubble-is-${item.body.type}`,
    first && 'bubble-first',
    item.reaction && 'bubble-reacted',
    item.ticks === 'failed' && 'bubble-failed',
  ];
  return (
    <article
      id={bubbleId(item.wamid)}
      className={names.filter(Boolean).join(' ')}
      tabIndex={-1}
      onDoubleClick={() => startReply(item)}
    >
      <div className="bubble-card">
        <span className="hidden-text">{who}: </span>
        {item.replyTo !== undefined && !item.revoked && <Quote wamid={item.replyTo} />}
        {item.revoked ? <Revoked item={item} /> : <BubbleBody item={item} />}
        {!item.revoked && <BubbleButtons item={item} />}
        <button
          type="button"
          className="bubble-menu"
          aria-label={texts.chat.actions(who)}
          onClick={() => openSheet({ type: 'actions', item })}
        >
          <Icon name="down" size={18} />
        </button>
      </div>
      {item.reaction && (
        <span className="reaction" role="img" aria-label={texts.chat.reaction(item.reaction)}>
          {item.reaction}
        </span>
      )}
      {item.ticks === 'failed' && <Failure item={item} />}
    </article>
  );
}

function Revoked({ item }: { item: ChatItem }) {
  const { texts } = usePhone();
  return (
    <p className="revoked">
      <Icon name="blocked" size={16} /> {item.from === 'citizen' ? texts.chat.youRevoked : texts.chat.revoked}
      <Meta item={item} />
    </p>
  );
}

function Failure({ item }: { item: ChatItem }) {
  const { texts, retry } = usePhone();
  return (
    <p className="failure">
      <span>
        {texts.chat.ticks.failed}
        {item.failure && `: ${item.failure}`}
      </span>
      {item.seq === 0 && (
        <button type="button" onClick={() => retry(item)}>
          {texts.chat.retry}
        </button>
      )}
    </p>
  );
}
