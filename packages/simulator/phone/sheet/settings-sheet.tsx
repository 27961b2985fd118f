import { type FormEvent, useId } from 'react';
import { usePhone } from '../state/phone-context.ts';
import { IdentityChoice } from './identity-choice.tsx';
import { Sheet } from './sheet.tsx';
import { SwitchRow } from './switch-row.tsx';

/** The citizen behind this phone and how the phone behaves. */
export function SettingsSheet() {
  const { texts, citizen, changeCitizen, closeSheet } = usePhone();
  const words = texts.citizen;
  return (
    <Sheet title={words.heading} closeLabel={texts.sheet.close} onClose={closeSheet} placement="full">
      <dl className="facts facts-two">
        <Fact label={words.name} value={citizen.name} />
        <Fact label={words.phone} value={`+${citizen.phone}`} />
        {citizen.username && <Fact label={words.username} value={`@${citizen.username}`} />}
        <Fact label={words.userId} value={citizen.userId} />
      </dl>
      <SwitchRow
        label={words.online}
        hint={words.onlineHint}
        on={citizen.online}
        onChange={(online) => changeCitizen({ online })}
      />
      <SwitchRow
        label={words.readReceipts}
        hint={words.readReceiptsHint}
        on={citizen.readReceipts}
        onChange={(readReceipts) => changeCitizen({ readReceipts })}
      />
      <SwitchRow
        label={words.onWhatsApp}
        hint={words.onWhatsAppHint}
        on={citizen.onWhatsApp}
        onChange={(onWhatsApp) => changeCitizen({ onWhatsApp })}
      />
      <SwitchRow
        label={words.marketing}
        on={citizen.marketing === 'resumed'}
        onChange={(on) => changeCitizen({ marketing: on ? 'resumed' : 'stopped' })}
      />
      <IdentityChoice texts={texts} value={citizen.identityMode} onChange={(identityMode) => changeCitizen({ identityMode })} />
      <NumberChange />
      <button type="button" className="quiet-button wide-button" onClick={() => changeCitizen({ rotateUserId: true })}>
        {words.rotateUserId}
      </button>
    </Sheet>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}

function NumberChange() {
  const { texts, changeCitizen } = usePhone();
  const id = useId();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const phone = String(new FormData(event.currentTarget).get('phone') ?? '').replace(/\D/gu, '');
    if (phone === '') return;
    changeCitizen({ phone });
    event.currentTarget.reset();
  };
  return (
    <form className="field" onSubmit={onSubmit}>
      <label htmlFor={id}>{texts.citizen.newNumber}</label>
      <div className="field-line">
        <input
          id={id}
          name="phone"
          type="tel"
          dir="ltr"
          required
          pattern="[+]?[0-9 \-]{8,20}"
          placeholder="91…"
          autoComplete="off"
        />
        <button type="submit" className="quiet-button">
          {texts.citizen.changeNumber}
        </button>
      </div>
    </form>
  );
}
