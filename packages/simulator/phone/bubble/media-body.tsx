import type { ChatItem } from '../../src/protocol.ts';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { AudioPlayer } from './audio-player.tsx';
import { type MediaContent, mediaName } from './describe.ts';
import { Meta } from './meta.tsx';
import { TextWithMeta } from './text-with-meta.tsx';

interface MediaBodyProps {
  item: ChatItem;
  body: MediaContent;
}

/** A photo, recording, video or file, with its caption. */
export function MediaBody({ item, body }: MediaBodyProps) {
  switch (body.media) {
    case 'image':
    case 'sticker':
      return <Picture item={item} body={body} />;
    case 'audio':
    case 'voice':
      return <AudioPlayer item={item} body={body} />;
    case 'video':
      return <Film item={item} body={body} />;
    default:
      return <DocumentRow item={item} body={body} />;
  }
}

function Film({ item, body }: MediaBodyProps) {
  const { texts } = usePhone();
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a citizen's film comes without a caption track. */}
      <video className="film" src={body.url} controls preload="metadata" aria-label={body.caption ?? mediaName('video', texts)} />
      <Caption item={item} body={body} />
    </>
  );
}

function Picture({ item, body }: MediaBodyProps) {
  const { texts, openSheet } = usePhone();
  const name = body.caption ?? texts.bubble.photo;
  const captioned = body.caption !== undefined && body.caption !== '';
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={`${texts.bubble.openPhoto}: ${name}`}
        onClick={() => openSheet({ type: 'lightbox', url: body.url, caption: body.caption ?? '' })}
      >
        <img src={body.url} alt="" />
        {!captioned && <Meta item={item} />}
      </button>
      {captioned && <Caption item={item} body={body} />}
    </>
  );
}

function Caption({ item, body }: MediaBodyProps) {
  return body.caption ? <TextWithMeta item={item} text={body.caption} /> : <Meta item={item} />;
}

function DocumentRow({ item, body }: MediaBodyProps) {
  const { texts } = usePhone();
  const name = body.fileName ?? mediaName(body.media, texts);
  return (
    <>
      <a
        className="document-row"
        href={body.url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={texts.bubble.openDocument(name)}
      >
        <span className="document-icon">
          <Icon name="document" size={26} />
        </span>
        <span className="document-name">
          <span dir="auto">{name}</span>
          <small>{kindOf(body)}</small>
        </span>
        <Icon name="download" size={20} />
      </a>
      <Caption item={item} body={body} />
    </>
  );
}

function kindOf({ mimeType, fileName }: MediaContent): string {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(fileName ?? '')?.[1];
  return (ending ?? mimeType.split('/')[1] ?? '').slice(0, 12).toUpperCase();
}
