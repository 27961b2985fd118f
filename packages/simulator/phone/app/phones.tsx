import { useCallback } from 'react';
import type { BusinessNumber, Citizen } from '../../src/protocol.ts';
import { Phone } from '../chat/phone.tsx';
import { Icon } from '../icons/icon.tsx';
import type { Simulator } from '../state/use-simulator.ts';
import type { Texts } from '../texts/index.ts';
import { Introduction } from './introduction.tsx';
import { StatusBar } from './status-bar.tsx';
import { useNarrow } from './use-narrow.ts';
import type { ShownCitizens } from './use-shown-citizens.ts';

interface PhonesProps {
  simulator: Simulator;
  numbers: BusinessNumber[];
  citizens: Citizen[];
  shown: ShownCitizens;
  startNumber: string | undefined;
  texts: Texts;
  locale: string;
  unread: Record<string, number>;
  onUnread: (citizenId: string, count: number) => void;
  /** Asked from the switcher of the phone at `slot`. */
  onNewCitizen: (slot: number) => void;
}

/** The phones side by side; on a narrow screen one, with a switcher. */
export function Phones(props: PhonesProps) {
  const { shown, citizens, texts } = props;
  const narrow = useNarrow();
  const ids = narrow ? shown.ids.slice(0, 1) : shown.ids;
  return (
    <>
      {!narrow && ids.length === 1 && <Introduction texts={texts} />}
      {ids.map((id, slot) => {
        const citizen = citizens.find((candidate) => candidate.id === id);
        return citizen && <Frame key={id} {...props} citizen={citizen} slot={slot} removable={!narrow && ids.length > 1} />;
      })}
    </>
  );
}

interface FrameProps extends PhonesProps {
  citizen: Citizen;
  slot: number;
  removable: boolean;
}

function Frame({ citizen, slot, removable, ...props }: FrameProps) {
  const { simulator, texts, shown, onUnread } = props;
  const report = useCallback((count: number) => onUnread(citizen.id, count), [onUnread, citizen.id]);
  return (
    <section className="frame" aria-label={texts.app.phoneOf(citizen.name)}>
      <div className="frame-bar">
        <Switcher {...props} citizen={citizen} slot={slot} />
        {removable && (
          <button
            type="button"
            className="bar-button"
            aria-label={`${texts.app.removePhone}: ${citizen.name}`}
            title={texts.app.removePhone}
            onClick={() => shown.remove(slot)}
          >
            <Icon name="close" size={18} />
          </button>
        )}
      </div>
      <div className="device">
        <div className="screen">
          <StatusBar online={citizen.online} clockOffset={simulator.clockOffset} locale={props.locale} />
          <Phone
            key={citizen.id}
            citizen={citizen}
            numbers={props.numbers}
            startNumber={props.startNumber}
            clockOffset={simulator.clockOffset}
            texts={texts}
            locale={props.locale}
            changeCitizen={(change) => simulator.changeCitizen(citizen.id, change)}
            onUnread={report}
          />
        </div>
      </div>
    </section>
  );
}

const newCitizen = ' new';

function Switcher({ citizen, citizens, slot, texts, unread, shown, onNewCitizen }: Omit<FrameProps, 'removable'>) {
  const choose = (value: string) => (value === newCitizen ? onNewCitizen(slot) : shown.show(value, slot));
  return (
    <label className="switcher">
      <span className="hidden-text">{texts.app.showCitizen}</span>
      <select value={citizen.id} onChange={(event) => choose(event.currentTarget.value)}>
        {citizens.map(({ id, name, phone, username, identityMode }) => (
          <option key={id} value={id}>
            {name} · {identityMode === 'user_id_only' && username ? `@${username}` : `+${phone}`}
            {(unread[id] ?? 0) > 0 ? ` (${unread[id]})` : ''}
          </option>
        ))}
        <option value={newCitizen}>{texts.app.newCitizen}</option>
      </select>
    </label>
  );
}
