import { type FormEvent, useId, useState } from 'react';
import type { IdentityMode, NewCitizen } from '../../src/protocol.ts';
import { IdentityChoice } from '../sheet/identity-choice.tsx';
import { Sheet } from '../sheet/sheet.tsx';
import { textOf } from '../state/feed.ts';
import type { Texts } from '../texts/index.ts';

interface CitizenDialogProps {
  texts: Texts;
  /** Names that are in use: another one is suggested. */
  taken: string[];
  onClose: () => void;
  onCreate: (wanted: NewCitizen) => Promise<void>;
}

/** Asks for a new citizen's name and identity. */
export function CitizenDialog({ texts, taken, onClose, onCreate }: CitizenDialogProps) {
  const words = texts.citizen;
  const id = useId();
  const [mode, setMode] = useState<IdentityMode>('phone_and_user_id');
  const [failure, setFailure] = useState('');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCreate(wantedFrom(new FormData(event.currentTarget), mode)).catch((error: unknown) => setFailure(textOf(error)));
  };
  return (
    <Sheet title={words.addHeading} closeLabel={texts.sheet.close} onClose={onClose} placement="page">
      <form className="stack" onSubmit={onSubmit}>
        <div className="field">
          <label htmlFor={`${id}-name`}>{words.name}</label>
          <input
            id={`${id}-name`}
            name="name"
            required
            maxLength={60}
            dir="auto"
            autoComplete="off"
            defaultValue={words.sampleNames.find((name) => !taken.includes(name)) ?? ''}
            data-first-focus
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-phone`}>{words.phone}</label>
          <input
            id={`${id}-phone`}
            name="phone"
            type="tel"
            dir="ltr"
            pattern="[+]?[0-9 \-]{8,20}"
            autoComplete="off"
            aria-describedby={`${id}-hint`}
          />
          <p id={`${id}-hint`} className="hint">
            {words.phoneHint}
          </p>
        </div>
        <IdentityChoice texts={texts} value={mode} onChange={setMode} />
        {mode === 'user_id_only' && (
          <div className="field">
            <label htmlFor={`${id}-username`}>{words.username}</label>
            <input id={`${id}-username`} name="username" required dir="ltr" pattern="[a-z0-9._]{3,35}" autoComplete="off" />
          </div>
        )}
        {failure && (
          <p className="hint hint-wrong" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" className="main-button">
          {words.create}
        </button>
      </form>
    </Sheet>
  );
}

function wantedFrom(form: FormData, identityMode: IdentityMode): NewCitizen {
  const wanted: NewCitizen = { name: String(form.get('name') ?? '').trim(), identityMode };
  const phone = String(form.get('phone') ?? '').replace(/\D/gu, '');
  const username = String(form.get('username') ?? '').trim();
  if (phone !== '') wanted.phone = phone;
  if (username !== '') wanted.username = username;
  return wanted;
}
