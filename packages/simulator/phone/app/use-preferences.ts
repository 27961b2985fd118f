import { useEffect, useState } from 'react';
import { type Language, type Preferences, storePreference, type Theme } from '../state/preferences.ts';

/** The visitor's theme and language, applied to the document. */
export function usePreferences(first: Preferences) {
  const [preferences, setPreferences] = useState(first);
  useEffect(() => {
    document.documentElement.lang = preferences.language;
    if (preferences.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = preferences.theme;
  }, [preferences]);
  return {
    preferences,
    setTheme: (theme: Theme) => {
      storePreference('theme', theme);
      setPreferences((old) => ({ ...old, theme }));
    },
    setLanguage: (language: Language) => {
      storePreference('lang', language);
      setPreferences((old) => ({ ...old, language }));
    },
  };
}
