import type { ChatBody, ChatItem } from '../../src/protocol.ts';
import { MiniMap } from '../map/mini-map.tsx';
import { pointText } from '../map/places.ts';
import { usePhone } from '../state/phone-context.ts';
import { Meta } from './meta.tsx';

interface LocationBodyProps {
  item: ChatItem;
  body: Extract<ChatBody, { type: 'location' }>;
}

/** A place with a small map of the wards around it. */
export function LocationBody({ item, body }: LocationBodyProps) {
  const { texts, openSheet } = usePhone();
  const title = body.name ?? pointText(body);
  const open = () => openSheet({ type: 'place', latitude: body.latitude, longitude: body.longitude, name: title });
  return (
    <>
      <div className="place">
        <MiniMap point={body} />
        <button type="button" className="place-button" aria-label={`${texts.bubble.openMap}: ${title}`} onClick={open} />
      </div>
      <div className="place-text">
        <p className="place-name" dir="auto">
          {title}
        </p>
        {body.address && <p dir="auto">{body.address}</p>}
        <Meta item={item} />
      </div>
    </>
  );
}
