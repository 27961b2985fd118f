import { Icon } from '../icons/icon.tsx';
import { VerifiedBadge } from '../icons/verified-badge.tsx';
import { usePhone } from '../state/phone-context.ts';
import { Avatar } from './avatar.tsx';

interface ChatHeaderProps {
  typing: boolean;
  /** Unread messages of the other chats. */
  unreadElsewhere: number;
  onBack: () => void;
}

export function ChatHeader({ typing, unreadElsewhere, onBack }: ChatHeaderProps) {
  const { texts, number, openSheet } = usePhone();
  const about = number.about ?? (number.verified ? texts.header.official : texts.header.business);
  return (
    <header className="chat-header">
      <button type="button" className="back-button" aria-label={texts.header.back} onClick={onBack}>
        <Icon name="back" />
        {unreadElsewhere > 0 && <span className="back-count">{unreadElsewhere}</span>}
      </button>
      <button type="button" className="header-name" aria-haspopup="dialog" onClick={() => openSheet({ type: 'business' })}>
        <Avatar name={number.name} />
        <span className="header-words">
          <span className="header-title">
            <span dir="auto">{number.name}</span>
            {number.verified && <VerifiedBadge label={texts.header.verified} />}
          </span>
          <span className={typing ? 'header-about header-typing' : 'header-about'} role="status" dir="auto">
            {typing ? texts.header.typing : about}
          </span>
        </span>
      </button>
      <button
        type="button"
        className="round-button"
        aria-label={texts.header.menu}
        aria-haspopup="dialog"
        onClick={() => openSheet({ type: 'settings' })}
      >
        <Icon name="more" />
      </button>
    </header>
  );
}
