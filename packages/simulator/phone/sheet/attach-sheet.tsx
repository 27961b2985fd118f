import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/paths.ts';
import { sampleVoice } from '../sample/voice.ts';
import { type SheetRequest, usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

/** What can be shared beside words. */
export function AttachSheet() {
  const { texts, openSheet, closeSheet, sendFile, notify } = usePhone();
  const kinds: { sheet: SheetRequest; icon: IconName; label: string }[] = [
    { sheet: { type: 'photo' }, icon: 'photo', label: texts.sheet.photo },
    { sheet: { type: 'location' }, icon: 'pin', label: texts.sheet.location },
    { sheet: { type: 'document' }, icon: 'document', label: texts.sheet.document },
    { sheet: { type: 'contact' }, icon: 'person', label: texts.sheet.contact },
  ];
  const sendVoice = () => {
    closeSheet();
    sampleVoice().then(sendFile, () => notify(texts.app.unreachable));
  };
  return (
    <Sheet title={texts.sheet.attach} closeLabel={texts.sheet.close} onClose={closeSheet}>
      <div className="attach-grid">
        {kinds.map(({ sheet, icon, label }) => (
          <button
            key={sheet.type}
            type="button"
            className={`attach attach-${sheet.type}`}
            onClick={() => openSheet(sheet)}
            data-first-focus={sheet.type === 'photo' || undefined}
          >
            <span className="attach-icon">
              <Icon name={icon} size={28} />
            </span>
            {label}
          </button>
        ))}
        <button type="button" className="attach attach-voice" onClick={sendVoice}>
          <span className="attach-icon">
            <Icon name="mic" size={28} />
          </span>
          {texts.sheet.voice}
        </button>
      </div>
    </Sheet>
  );
}
