import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ChatItem } from '../../src/protocol.ts';
import { describeItem } from '../bubble/describe.ts';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { Recorder } from './recorder.tsx';

const longest = 4096;

/** What the next message refers to. */
export type Draft = { type: 'new' } | { type: 'reply'; item: ChatItem } | { type: 'edit'; item: ChatItem };

interface ComposerProps {
  draft: Draft;
  onDone: () => void;
}

/** The line where a citizen writes: Enter sends, Shift and Enter starts a new line. */
export function Composer({ draft, onDone }: ComposerProps) {
  const { texts, number, send, openSheet, notify } = usePhone();
  const [text, setText] = useState('');
  const [recording, setRecording] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (draft.type === 'edit' && draft.item.body.type === 'text') setText(draft.item.body.text);
    if (draft.type !== 'new') field.current?.focus();
  }, [draft]);
  useEffect(() => grow(field.current, text), [text]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const words = text.trim();
    if (words === '') return;
    if (words.length > longest) return notify(texts.composer.tooLong);
    const { numberId } = number;
    if (draft.type === 'edit') send({ numberId, type: 'edit', wamid: draft.item.wamid, text: words });
    else if (draft.type === 'reply')
      send({ numberId, type: 'text', text: words, replyTo: draft.item.wamid }, { type: 'text', text: words });
    else send({ numberId, type: 'text', text: words }, { type: 'text', text: words });
    setText('');
    onDone();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
    if (event.key === 'Escape' && draft.type !== 'new') {
      setText('');
      onDone();
    }
  };
  if (recording) return <Recorder onDone={() => setRecording(false)} />;
  return (
    <form className="composer" onSubmit={submit}>
      {draft.type !== 'new' && <DraftNote draft={draft} onCancel={onDone} />}
      <div className="composer-line">
        <div className="composer-field">
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            value={text}
            aria-label={texts.composer.label}
            placeholder={texts.composer.placeholder}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <button
            type="button"
            className="round-button"
            aria-label={texts.composer.attach}
            aria-haspopup="dialog"
            onClick={() => openSheet({ type: 'attach' })}
          >
            <Icon name="clip" />
          </button>
        </div>
        {text.trim() === '' ? (
          <button type="button" className="send-button" aria-label={texts.composer.record} onClick={() => setRecording(true)}>
            <Icon name="mic" />
          </button>
        ) : (
          <button
            type="submit"
            className="send-button"
            aria-label={draft.type === 'edit' ? texts.composer.save : texts.composer.send}
          >
            <Icon name={draft.type === 'edit' ? 'check' : 'send'} />
          </button>
        )}
      </div>
    </form>
  );
}

function DraftNote({ draft, onCancel }: { draft: Exclude<Draft, { type: 'new' }>; onCancel: () => void }) {
  const { texts, number } = usePhone();
  const who = draft.item.from === 'citizen' ? texts.chat.you : number.name;
  return (
    <div className="draft-note">
      <div className={`quote quote-${draft.item.from}`}>
        <span className="quote-who">{draft.type === 'edit' ? texts.composer.editing : texts.composer.replyingTo(who)}</span>
        <span className="quote-text" dir="auto">
          {describeItem(draft.item, texts)}
        </span>
      </div>
      <button type="button" className="round-button" aria-label={texts.composer.cancel} onClick={onCancel}>
        <Icon name="close" size={20} />
      </button>
    </div>
  );
}

/** Up to six lines; then the field scrolls. */
function grow(field: HTMLTextAreaElement | null, text: string): void {
  if (!field) return;
  field.style.height = 'auto';
  if (text !== '') field.style.height = `${Math.min(field.scrollHeight, 144)}px`;
}
