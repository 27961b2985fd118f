import { MarkedText } from '../bubble/marked-text.tsx';
import { usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

/** A photo alone on the phone's screen. */
export function Lightbox({ url, caption }: { url: string; caption: string }) {
  const { texts, closeSheet } = usePhone();
  return (
    <Sheet title={texts.bubble.photo} closeLabel={texts.sheet.close} onClose={closeSheet} placement="full">
      <figure className="lightbox">
        <img src={url} alt={caption || texts.bubble.photo} />
        {caption && (
          <figcaption>
            <MarkedText text={caption} />
          </figcaption>
        )}
      </figure>
    </Sheet>
  );
}
