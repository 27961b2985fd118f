import type { ChatItem } from '../../src/protocol.ts';
import { Avatar } from '../chat/avatar.tsx';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { Meta } from './meta.tsx';

interface ContactCardsProps {
  item: ChatItem;
  contacts: { name: string; phones: string[] }[];
}

/** Shared contacts; calling and writing are told, not done, because nobody is at the other end. */
export function ContactCards({ item, contacts }: ContactCardsProps) {
  return (
    <div className="contact-cards">
      {contacts.map((contact) => (
        <ContactCard key={contact.name + contact.phones.join()} contact={contact} withButtons={item.from === 'business'} />
      ))}
      <Meta item={item} />
    </div>
  );
}

function ContactCard({ contact, withButtons }: { contact: { name: string; phones: string[] }; withButtons: boolean }) {
  const { texts, notify } = usePhone();
  const phone = contact.phones[0] ?? '';
  return (
    <div className="contact-card">
      <div className="contact-top">
        <Avatar name={contact.name} />
        <div>
          <p className="contact-name" dir="auto">
            {contact.name}
          </p>
          {contact.phones.map((number) => (
            <p key={number} className="contact-phone" dir="ltr">
              {number}
            </p>
          ))}
        </div>
      </div>
      {withButtons && phone !== '' && (
        <div className="contact-actions">
          <button
            type="button"
            className="bubble-action"
            aria-label={texts.bubble.message(contact.name)}
            onClick={() => notify(texts.bubble.messageNotice(phone))}
          >
            <Icon name="chat" size={18} />
            {texts.kinds.template}
          </button>
          <button
            type="button"
            className="bubble-action"
            aria-label={texts.bubble.call(contact.name)}
            onClick={() => notify(texts.bubble.callNotice(phone))}
          >
            <Icon name="phone" size={18} />
            {texts.bubble.callShort}
          </button>
        </div>
      )}
    </div>
  );
}
