import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChatItem } from '../../src/protocol.ts';
import { Bubble } from '../bubble/bubble.tsx';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { dayName, groupByDay } from './days.ts';

const nearEnd = 80;

interface MessageLogProps {
  items: ChatItem[];
  now: number;
  typing: boolean;
}

/** The conversation; it stays at its end unless the reader went up. */
export function MessageLog({ items, now, typing }: MessageLogProps) {
  const { texts, number, locale } = usePhone();
  const log = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  useStayAtEnd(log, atEnd);
  const toEnd = () => {
    setAtEnd(true);
    log.current?.scrollTo({ top: log.current.scrollHeight });
  };
  const onScroll = () => {
    const element = log.current;
    if (element) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd);
  };
  return (
    <div className="log-frame">
      <div
        ref={log}
        className="log"
        role="log"
        aria-live="polite"
        aria-label={texts.chat.log(number.name)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className="log-items">
          <p className="notice">
            <Icon name="lock" size={14} /> {texts.chat.notice}
          </p>
          {groupByDay(items).map((day) => (
            <div key={day.at} className="log-day">
              <p className="day">{dayName(day.at, now, { locale, texts })}</p>
              {day.items.map((item, index) => (
                <Bubble key={item.wamid} item={item} first={day.items[index - 1]?.from !== item.from} />
              ))}
            </div>
          ))}
          {items.length === 0 && <Suggestions />}
          {typing && (
            <div className="typing-bubble" aria-hidden="true">
              <span />
              <span />
              <span />
            </div>
          )}
        </div>
      </div>
      {!atEnd && (
        <button type="button" className="to-end" aria-label={texts.chat.toNewest} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

function Suggestions() {
  const { texts, number, send } = usePhone();
  return (
    <div className="suggestions">
      <p>{texts.chat.startHint}</p>
      <div>
        {texts.chat.suggestions.map((text) => (
          <button
            key={text}
            type="button"
            className="chip"
            aria-label={texts.chat.suggest(text)}
            onClick={() => send({ numberId: number.numberId, type: 'text', text }, { type: 'text', text })}
          >
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Follows the end when bubbles arrive, pictures load or the phone changes its size. */
function useStayAtEnd(log: { current: HTMLDivElement | null }, atEnd: boolean): void {
  const wanted = useRef(atEnd);
  wanted.current = atEnd;
  useLayoutEffect(() => {
    const element = log.current;
    if (element && wanted.current) element.scrollTop = element.scrollHeight;
  });
  useEffect(() => {
    const element = log.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const observer = new ResizeObserver(() => {
      if (wanted.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(content);
    observer.observe(element);
    return () => observer.disconnect();
  }, [log]);
}
