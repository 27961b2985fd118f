import { type ReactNode, useEffect, useState } from 'react';
import { Drawer } from '../developer/drawer.tsx';
import { readPreferences, readStartPoint } from '../state/preferences.ts';
import { useSimulator } from '../state/use-simulator.ts';
import { languageNames, locales, texts } from '../texts/index.ts';
import { CitizenDialog } from './citizen-dialog.tsx';
import { Phones } from './phones.tsx';
import { TopBar } from './top-bar.tsx';
import { usePreferences } from './use-preferences.ts';
import { useShownCitizens } from './use-shown-citizens.ts';

const start = { ...readStartPoint(location.search), preferences: readPreferences(location.search) };

/** The page: a bar, one to three phones and, when wanted, the developer tools. */
export function App() {
  const { preferences, setTheme, setLanguage } = usePreferences(start.preferences);
  const words = texts[preferences.language];
  const simulator = useSimulator();
  const citizens = simulator.state?.citizens ?? [];
  const shown = useShownCitizens(citizens, start.citizens);
  const [dialog, setDialog] = useState<{ slot: number }>();
  const [developer, setDeveloper] = useState(false);
  const [unread, setUnread] = useState<Record<string, number>>({});
  const total = shown.ids.reduce((sum, id) => sum + (unread[id] ?? 0), 0);
  useEffect(() => {
    document.title = total > 0 ? `(${total}) ${words.app.title}` : words.app.title;
  }, [total, words]);

  const numbers = simulator.state?.numbers ?? [];
  const covered = dialog !== undefined;
  return (
    <>
      <div className="page" inert={covered}>
        <a className="skip" href="#phones">
          {words.app.skip}
        </a>
        <TopBar
          texts={words}
          languageNames={languageNames}
          preferences={preferences}
          onTheme={setTheme}
          onLanguage={setLanguage}
          developer={developer}
          onDeveloper={() => setDeveloper((open) => !open)}
          canAdd={shown.ids.length < 3 && citizens.length > 0}
          onAdd={() => (shown.add() ? undefined : setDialog({ slot: shown.ids.length }))}
        />
        <div className="stage">
          <main id="phones" className="phones" tabIndex={-1}>
            {simulator.unreachable && <Message>{words.app.unreachable}</Message>}
            {!simulator.state && !simulator.unreachable && <Message>{words.app.connecting}</Message>}
            {simulator.state && numbers.length === 0 && <Message>{words.app.noNumbers}</Message>}
            {simulator.state && numbers.length > 0 && (
              <Phones
                key={simulator.generation}
                simulator={simulator}
                numbers={numbers}
                citizens={citizens}
                shown={shown}
                startNumber={start.numberId}
                texts={words}
                locale={locales[preferences.language]}
                unread={unread}
                onUnread={(id, count) => setUnread((old) => (old[id] === count ? old : { ...old, [id]: count }))}
                onNewCitizen={(slot) => setDialog({ slot })}
              />
            )}
          </main>
          {developer && (
            <Drawer
              texts={words}
              locale={locales[preferences.language]}
              simulator={simulator}
              onClose={() => setDeveloper(false)}
            />
          )}
        </div>
      </div>
      {dialog && (
        <CitizenDialog
          texts={words}
          taken={citizens.map((citizen) => citizen.name)}
          onClose={() => setDialog(undefined)}
          onCreate={async (wanted) => {
            const citizen = await simulator.addCitizen(wanted);
            shown.show(citizen.id, dialog.slot);
            setDialog(undefined);
          }}
        />
      )}
    </>
  );
}

function Message({ children }: { children: ReactNode }) {
  return (
    <p className="page-message" role="status">
      {children}
    </p>
  );
}
