import { usePhone } from '../state/phone-context.ts';
import { bubbleId } from './bubble-id.ts';
import { describeItem } from './describe.ts';

/** The quoted message above a reply; pressing it goes there. */
export function Quote({ wamid }: { wamid: string }) {
  const { texts, number, itemOf } = usePhone();
  const quoted = itemOf(wamid);
  if (!quoted) return null;
  const who = quoted.from === 'citizen' ? texts.chat.you : number.name;
  return (
    <button
      type="button"
      className={`quote quote-${quoted.from}`}
      title={texts.chat.goToQuoted}
      onClick={() => showBubble(wamid)}
    >
      <span className="quote-who">{who}</span>
      <span className="quote-text" dir="auto">
        {describeItem(quoted, texts)}
      </span>
    </button>
  );
}

function showBubble(wamid: string): void {
  const bubble = document.getElementById(bubbleId(wamid));
  bubble?.scrollIntoView({ block: 'center' });
  bubble?.focus({ preventScroll: true });
}
