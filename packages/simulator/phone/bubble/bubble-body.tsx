import { lazy, Suspense } from 'react';
import type { ChatBody, ChatHeader, ChatItem } from '../../src/protocol.ts';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { ContactCards } from './contact-cards.tsx';
import { MarkedText } from './marked-text.tsx';
import { MediaBody } from './media-body.tsx';
import { Meta, MetaSpace } from './meta.tsx';
import { TextWithMeta } from './text-with-meta.tsx';

const LocationBody = lazy(async () => ({ default: (await import('./location-body.tsx')).LocationBody }));

/** What a message says, by kind. */
export function BubbleBody({ item }: { item: ChatItem }) {
  const { body } = item;
  switch (body.type) {
    case 'media':
      return <MediaBody item={item} body={body} />;
    case 'location':
      return (
        <Suspense fallback={<div className="mini-map" />}>
          <LocationBody item={item} body={body} />
        </Suspense>
      );
    case 'contacts':
      return <ContactCards item={item} contacts={body.contacts} />;
    case 'unsupported':
      return <Unsupported item={item} detail={body.detail} />;
    case 'text':
    case 'location_request':
    case 'contact_request':
      return <TextWithMeta item={item} text={body.text} />;
    default:
      return <Framed item={item} body={body} />;
  }
}

function Framed({ item, body }: { item: ChatItem; body: Extract<ChatBody, { type: 'buttons' | 'list' | 'link' | 'template' }> }) {
  return (
    <>
      {body.header && <Header header={body.header} />}
      {body.footer === undefined ? (
        <TextWithMeta item={item} text={body.text} />
      ) : (
        <div className="bubble-text">
          <MarkedText text={body.text} />
          <p className="footer" dir="auto">
            {body.footer}
            <MetaSpace item={item} />
          </p>
          <Meta item={item} />
        </div>
      )}
    </>
  );
}

function Header({ header }: { header: ChatHeader }) {
  const { texts, openSheet } = usePhone();
  if (header.type === 'text') {
    return (
      <p className="bubble-header" dir="auto">
        {header.text}
      </p>
    );
  }
  if (header.media === 'image') {
    const open = () => openSheet({ type: 'lightbox', url: header.url, caption: '' });
    return (
      <button type="button" className="picture" aria-label={texts.bubble.openPhoto} onClick={open}>
        <img src={header.url} alt="" />
      </button>
    );
  }
  return (
    <a className="document-row" href={header.url} target="_blank" rel="noopener noreferrer">
      <Icon name="document" size={30} />
      <span>{texts.kinds.document}</span>
    </a>
  );
}

function Unsupported({ item, detail }: { item: ChatItem; detail: string }) {
  const { texts } = usePhone();
  return (
    <p className="revoked">
      <Icon name="warning" size={16} /> {texts.chat.unsupported}
      {detail && <span className="unsupported-detail">{detail}</span>}
      <Meta item={item} />
    </p>
  );
}
