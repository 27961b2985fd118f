import type { ReactNode } from 'react';
import type { ChatItem } from '../../src/protocol.ts';
import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/paths.ts';
import { usePhone } from '../state/phone-context.ts';
import { safeAddress } from './markup.ts';

/** What can be pressed below a message of a business. */
export function BubbleButtons({ item }: { item: ChatItem }) {
  const { texts, openSheet } = usePhone();
  const { body } = item;
  switch (body.type) {
    case 'buttons':
      return (
        <Row>
          {body.buttons.map((button) => (
            <Tap key={button.id} item={item} choice={button} />
          ))}
        </Row>
      );
    case 'list':
      return (
        <Row>
          <Action icon="list" label={body.openLabel} onPress={() => openSheet({ type: 'list', item, body })} opensDialog />
        </Row>
      );
    case 'link':
      return (
        <Row>
          <LinkAction label={body.label} url={body.url} />
        </Row>
      );
    case 'location_request':
      return (
        <Row>
          <Action
            icon="pin"
            label={texts.bubble.sendLocation}
            onPress={() => openSheet({ type: 'location', replyTo: item.wamid })}
            opensDialog
          />
        </Row>
      );
    case 'contact_request':
      return (
        <Row>
          <Action
            icon="person"
            label={texts.bubble.sharePhone}
            onPress={() => openSheet({ type: 'share_phone', item })}
            opensDialog
          />
        </Row>
      );
    case 'template':
      if (body.buttons.length === 0) return null;
      return (
        <Row>
          {body.buttons.map((button) =>
            button.url === undefined ? (
              <Tap key={button.id} item={item} choice={button} />
            ) : (
              <LinkAction key={button.id} label={button.label} url={button.url} />
            ),
          )}
        </Row>
      );
    default:
      return null;
  }
}

function Row({ children }: { children: ReactNode }) {
  return <div className="bubble-actions">{children}</div>;
}

function Tap({ item, choice }: { item: ChatItem; choice: { id: string; label: string } }) {
  const { send } = usePhone();
  const tap = () =>
    send(
      { numberId: item.numberId, type: 'tap', choiceId: choice.id, replyTo: item.wamid },
      { type: 'text', text: choice.label },
    );
  return <Action icon="reply" label={choice.label} onPress={tap} />;
}

interface ActionProps {
  icon: IconName;
  label: string;
  onPress: () => void;
  opensDialog?: boolean;
}

function Action({ icon, label, onPress, opensDialog }: ActionProps) {
  return (
    <button type="button" className="bubble-action" onClick={onPress} aria-haspopup={opensDialog ? 'dialog' : undefined}>
      <Icon name={icon} size={18} />
      <span dir="auto">{label}</span>
    </button>
  );
}

function LinkAction({ label, url }: { label: string; url: string }) {
  const { texts } = usePhone();
  const href = safeAddress(url);
  if (!href) return null;
  const calls = href.startsWith('tel:');
  return (
    <a className="bubble-action" href={href} target="_blank" rel="noopener noreferrer">
      <Icon name={calls ? 'phone' : 'link'} size={18} />
      <span dir="auto">{label}</span>
      <span className="hidden-text"> ({texts.chat.openLink})</span>
    </a>
  );
}
