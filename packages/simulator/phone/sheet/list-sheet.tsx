import { useId, useState } from 'react';
import type { ChatItem } from '../../src/protocol.ts';
import { type ListBody, usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

/** A list message's rows as radio buttons, and Send. */
export function ListSheet({ item, body }: { item: ChatItem; body: ListBody }) {
  const { texts, send, closeSheet } = usePhone();
  const [chosen, setChosen] = useState<string>();
  const group = useId();
  const rows = body.sections.flatMap((section) => section.rows);
  const row = rows.find((candidate) => candidate.id === chosen);
  const submit = () => {
    if (!row) return;
    closeSheet();
    send({ numberId: item.numberId, type: 'tap', choiceId: row.id, replyTo: item.wamid }, { type: 'text', text: row.label });
  };
  const footer = (
    <button type="button" className="main-button" disabled={!row} onClick={submit}>
      {texts.sheet.send}
    </button>
  );
  return (
    <Sheet title={body.openLabel} closeLabel={texts.sheet.close} onClose={closeSheet} footer={footer}>
      <div role="radiogroup" aria-label={body.openLabel} className="rows">
        {body.sections.map((section, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections of a message never move.
          <div key={index} role="presentation">
            {section.title && (
              <p className="rows-title" dir="auto">
                {section.title}
              </p>
            )}
            {section.rows.map((option) => (
              <label key={option.id} className="row">
                <span className="row-words">
                  <span className="row-label" dir="auto">
                    {option.label}
                  </span>
                  {option.detail && (
                    <span className="row-detail" dir="auto">
                      {option.detail}
                    </span>
                  )}
                </span>
                <input
                  type="radio"
                  name={group}
                  value={option.id}
                  checked={chosen === option.id}
                  onChange={() => setChosen(option.id)}
                  data-first-focus={option === rows[0] ? true : undefined}
                />
              </label>
            ))}
          </div>
        ))}
      </div>
    </Sheet>
  );
}
