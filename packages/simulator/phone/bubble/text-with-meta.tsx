import type { ChatItem } from '../../src/protocol.ts';
import { MarkedText } from './marked-text.tsx';
import { Meta, MetaSpace } from './meta.tsx';

/** Text with room for the time in its last line. */
export function TextWithMeta({ item, text }: { item: ChatItem; text: string }) {
  return (
    <div className="bubble-text">
      <MarkedText text={text} tail={<MetaSpace item={item} />} />
      <Meta item={item} />
    </div>
  );
}
