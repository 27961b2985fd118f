import { useId } from 'react';
import type { IdentityMode } from '../../src/protocol.ts';
import type { Texts } from '../texts/index.ts';

const modes: IdentityMode[] = ['phone', 'phone_and_user_id', 'user_id_only'];

interface IdentityChoiceProps {
  texts: Texts;
  value: IdentityMode;
  onChange: (mode: IdentityMode) => void;
}

/** What the platform tells a business of a citizen. */
export function IdentityChoice({ texts, value, onChange }: IdentityChoiceProps) {
  const name = useId();
  return (
    <fieldset className="rows identity">
      <legend>{texts.citizen.identity}</legend>
      {modes.map((mode) => {
        const [label, detail] = texts.citizen.modes[mode];
        return (
          <label key={mode} className="row">
            <span className="row-words">
              <span className="row-label">{label}</span>
              <span className="row-detail">{detail}</span>
            </span>
            <input type="radio" name={name} checked={value === mode} onChange={() => onChange(mode)} />
          </label>
        );
      })}
    </fieldset>
  );
}
