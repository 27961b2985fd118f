import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Icon } from '../icons/icon.tsx';
import { useFocusLoan } from '../sheet/sheet.tsx';
import type { Simulator } from '../state/use-simulator.ts';
import type { Texts } from '../texts/index.ts';
import { ClockPanel } from './clock-panel.tsx';
import { FaultsPanel } from './faults-panel.tsx';
import { Deliveries, Requests } from './records.tsx';

const tabs = ['requests', 'deliveries', 'faults', 'clock'] as const;
type Tab = (typeof tabs)[number];

export interface DeveloperProps {
  texts: Texts;
  locale: string;
  simulator: Simulator;
}

interface DrawerProps extends DeveloperProps {
  onClose: () => void;
}

/** What happens on the wire, what goes wrong on purpose, and what time it is. */
export function Drawer({ onClose, ...props }: DrawerProps) {
  const { texts } = props;
  const [tab, setTab] = useState<Tab>('requests');
  const drawer = useRef<HTMLElement>(null);
  const id = useId();
  useFocusLoan(drawer);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <aside ref={drawer} className="drawer" aria-label={texts.developer.title} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="drawer-top">
        <h2>{texts.developer.title}</h2>
        <button type="button" className="round-button" aria-label={texts.sheet.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <TabList id={id} tab={tab} texts={texts} onTab={setTab} />
      <div className="drawer-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        <Panel tab={tab} {...props} />
      </div>
    </aside>
  );
}

function Panel({ tab, ...props }: DeveloperProps & { tab: Tab }) {
  switch (tab) {
    case 'requests':
      return <Requests {...props} />;
    case 'deliveries':
      return <Deliveries {...props} />;
    case 'faults':
      return <FaultsPanel {...props} />;
    case 'clock':
      return <ClockPanel {...props} />;
  }
}

function TabList({ id, tab, texts, onTab }: { id: string; tab: Tab; texts: Texts; onTab: (tab: Tab) => void }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    onTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={texts.developer.title} onKeyDown={onKeyDown}>
      {tabs.map((name) => (
        <button
          key={name}
          id={`${id}-${name}`}
          type="button"
          role="tab"
          aria-selected={name === tab}
          aria-controls={`${id}-panel`}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onTab(name)}
        >
          {texts.developer[name]}
        </button>
      ))}
    </div>
  );
}
