import logo from '../icons/hazir.svg';
import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/paths.ts';
import { type Language, languages, type Preferences, type Theme, themes } from '../state/preferences.ts';
import type { Texts } from '../texts/index.ts';

interface TopBarProps {
  texts: Texts;
  languageNames: Record<Language, string>;
  preferences: Preferences;
  onTheme: (theme: Theme) => void;
  onLanguage: (language: Language) => void;
  developer: boolean;
  onDeveloper: () => void;
  canAdd: boolean;
  onAdd: () => void;
}

const themeIcons: Record<Theme, IconName> = { system: 'contrast', light: 'sun', dark: 'moon' };

/** The page's own controls, apart from any phone. */
export function TopBar(props: TopBarProps) {
  const { texts, preferences } = props;
  const themeNames: Record<Theme, string> = {
    system: texts.app.themeSystem,
    light: texts.app.themeLight,
    dark: texts.app.themeDark,
  };
  const nextTheme = themes[(themes.indexOf(preferences.theme) + 1) % themes.length] ?? 'system';
  return (
    <header className="top-bar">
      <div className="brand">
        <img src={logo} alt="" width={34} height={34} />
        <div>
          <h1>{texts.app.title}</h1>
          <p>{texts.app.tagline}</p>
        </div>
      </div>
      <div className="top-controls">
        <label className="language">
          <span className="hidden-text">{texts.app.language}</span>
          <select value={preferences.language} onChange={(event) => choose(event.currentTarget.value, props.onLanguage)}>
            {languages.map((language) => (
              <option key={language} value={language} lang={language}>
                {props.languageNames[language]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="bar-button"
          aria-label={`${texts.app.theme}: ${themeNames[preferences.theme]}`}
          title={themeNames[preferences.theme]}
          onClick={() => props.onTheme(nextTheme)}
        >
          <Icon name={themeIcons[preferences.theme]} size={20} />
        </button>
        <button
          type="button"
          className="bar-button"
          aria-label={texts.app.developer}
          title={texts.app.developer}
          aria-expanded={props.developer}
          onClick={props.onDeveloper}
        >
          <Icon name="code" size={20} />
        </button>
        {props.canAdd && (
          <button type="button" className="bar-button bar-add" title={texts.app.addPhoneHint} onClick={props.onAdd}>
            <Icon name="plus" size={20} /> <span>{texts.app.addPhone}</span>
          </button>
        )}
      </div>
    </header>
  );
}

function choose(value: string, onLanguage: (language: Language) => void): void {
  const language = languages.find((candidate) => candidate === value);
  if (language) onLanguage(language);
}
