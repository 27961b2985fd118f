import type { ChatItem } from '../../src/protocol.ts';
import { usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

/** Asks before the citizen's own number is given to a business. */
export function SharePhoneSheet({ item }: { item: ChatItem }) {
  const { texts, citizen, number, send, closeSheet } = usePhone();
  const phone = `+${citizen.phone}`;
  const share = () => {
    closeSheet();
    send(
      { numberId: item.numberId, type: 'share_phone', replyTo: item.wamid },
      { type: 'contacts', contacts: [{ name: citizen.name, phones: [phone] }] },
    );
  };
  const footer = (
    <>
      <button type="button" className="quiet-button" onClick={closeSheet}>
        {texts.sheet.cancel}
      </button>
      <button type="button" className="main-button" onClick={share} data-first-focus>
        {texts.sheet.shareNumber}
      </button>
    </>
  );
  return (
    <Sheet title={texts.sheet.sharePhoneTitle} closeLabel={texts.sheet.close} onClose={closeSheet} footer={footer}>
      <p className="sheet-words">{texts.sheet.sharePhoneText(number.name, phone)}</p>
    </Sheet>
  );
}
