import { type FormEvent, useId } from 'react';
import { Avatar } from '../chat/avatar.tsx';
import { usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

/** Numbers of the block that is never given to people: 99999 and five more digits. */
const inventedPhones = ['+91 99999 00021', '+91 99999 00022', '+91 99999 00023'];

/** Shares an invented contact, or one that is typed. */
export function ContactSheet() {
  const { texts, number, send, closeSheet } = usePhone();
  const id = useId();
  const share = (name: string, phone: string) => {
    closeSheet();
    send(
      { numberId: number.numberId, type: 'contacts', name, phone },
      { type: 'contacts', contacts: [{ name, phones: [phone] }] },
    );
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    share(String(form.get('name') ?? '').trim(), String(form.get('phone') ?? '').trim());
  };
  return (
    <Sheet title={texts.sheet.shareContact} closeLabel={texts.sheet.close} onClose={closeSheet}>
      <p className="group-title">{texts.sheet.invented}</p>
      {inventedPhones.map((phone, index) => {
        const name = texts.citizen.sampleNames[index + 2] ?? phone;
        return (
          <button
            key={phone}
            type="button"
            className="choice-row"
            onClick={() => share(name, phone)}
            data-first-focus={index === 0 || undefined}
          >
            <Avatar name={name} />
            <span className="row-words">
              <span className="row-label">{name}</span>
              <span className="row-detail" dir="ltr">
                {phone}
              </span>
            </span>
          </button>
        );
      })}
      <form className="stack" onSubmit={onSubmit}>
        <div className="field">
          <label htmlFor={`${id}-name`}>{texts.sheet.contactName}</label>
          <input id={`${id}-name`} name="name" required maxLength={100} dir="auto" autoComplete="off" />
        </div>
        <div className="field">
          <label htmlFor={`${id}-phone`}>{texts.sheet.contactPhone}</label>
          <input
            id={`${id}-phone`}
            name="phone"
            required
            maxLength={25}
            type="tel"
            dir="ltr"
            pattern="[+]?[0-9 \-]{5,24}"
            autoComplete="off"
          />
        </div>
        <button type="submit" className="main-button">
          {texts.sheet.send}
        </button>
      </form>
    </Sheet>
  );
}
