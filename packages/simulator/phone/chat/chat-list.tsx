import type { BusinessNumber, ChatItem } from '../../src/protocol.ts';
import { describeItem } from '../bubble/describe.ts';
import { timeOf } from '../bubble/meta.tsx';
import { Ticks } from '../bubble/ticks.tsx';
import { VerifiedBadge } from '../icons/verified-badge.tsx';
import type { Texts } from '../texts/index.ts';
import { Avatar } from './avatar.tsx';

export interface ChatEntry {
  number: BusinessNumber;
  last: ChatItem | undefined;
  unread: number;
}

interface ChatListProps {
  entries: ChatEntry[];
  texts: Texts;
  locale: string;
  onOpen: (numberId: string) => void;
}

/** The businesses this phone can write to, with the last message and what is unread. */
export function ChatList({ entries, texts, locale, onOpen }: ChatListProps) {
  return (
    <div className="chat-list">
      <header className="list-header">
        <h2>{texts.chats.heading}</h2>
      </header>
      <ul aria-label={texts.chats.list}>
        {entries.map(({ number, last, unread }) => (
          <li key={number.numberId}>
            <button type="button" className="chat-row" onClick={() => onOpen(number.numberId)}>
              <Avatar name={number.name} size={50} />
              <span className="chat-words">
                <span className="chat-top">
                  <span className="chat-name">
                    <span dir="auto">{number.name}</span>
                    {number.verified && <VerifiedBadge label={texts.header.verified} />}
                  </span>
                  {last && (
                    <time className={unread > 0 ? 'chat-time chat-time-new' : 'chat-time'}>{timeOf(last.at, locale)}</time>
                  )}
                </span>
                <span className="chat-bottom">
                  {last?.from === 'citizen' && <Ticks state={last.ticks} texts={texts} />}
                  <span className="chat-last" dir="auto">
                    {last ? describeItem(last, texts) : texts.chats.empty}
                  </span>
                  {unread > 0 && (
                    <span className="badge" role="img" aria-label={texts.app.unread(unread)}>
                      {unread}
                    </span>
                  )}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
