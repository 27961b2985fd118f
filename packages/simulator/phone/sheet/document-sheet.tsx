import { Icon } from '../icons/icon.tsx';
import { samplePdf } from '../sample/pdf.ts';
import { usePhone } from '../state/phone-context.ts';
import { FileButton } from './file-button.tsx';
import { Sheet } from './sheet.tsx';

const largest = 100 * 1024 * 1024;

/** Sends a file of the device or the sample letter. */
export function DocumentSheet() {
  const { texts, sendFile, closeSheet, notify } = usePhone();
  const send = (blob: Blob, fileName: string) => {
    closeSheet();
    sendFile({ media: 'document', blob, fileName });
  };
  const take = (file: File) => {
    if (file.size > largest) notify(texts.sheet.tooLarge);
    else send(file, file.name);
  };
  return (
    <Sheet title={texts.sheet.chooseDocument} closeLabel={texts.sheet.close} onClose={closeSheet}>
      <button
        type="button"
        className="choice-row"
        onClick={() => send(samplePdf(), 'letter-to-ward-office.pdf')}
        data-first-focus
      >
        <span className="document-icon">
          <Icon name="document" size={26} />
        </span>
        {texts.sheet.samplePdf}
      </button>
      <FileButton label={texts.sheet.fromDevice} accept=".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt" onFile={take} />
    </Sheet>
  );
}
