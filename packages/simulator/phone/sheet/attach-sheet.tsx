import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/paths.ts';
import { sampleVoice } from '../sample/voice.ts';
import { type SheetRequest, usePhone } from '../state/phone-context.ts';
import { FileButton } from './file-button.tsx';
import { Sheet } from './sheet.tsx';

/** WhatsApp's limit for audio. */
const MOST_BYTES = 16_000_000;

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
  const sendRecording = (file: File) => {
    if (file.size > MOST_BYTES) return notify(texts.sheet.tooLarge);
    closeSheet();
    const isVoice = /\.(ogg|opus|oga)$/i.test(file.name) || file.type.startsWith('audio/ogg');
    const blob = isVoice ? new Blob([file], { type: 'audio/ogg; codecs=opus' }) : file;
    sendFile({ media: isVoice ? 'voice' : 'audio', blob, fileName: file.name });
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
      <FileButton label={texts.sheet.recording} accept="audio/*,.ogg,.opus,.mp3,.m4a,.aac,.amr" onFile={sendRecording} />
    </Sheet>
  );
}
