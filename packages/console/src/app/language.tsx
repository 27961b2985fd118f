/** The console's language: the officer's choice on this device, else the browser's; texts are complete in each. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { IntlProvider } from 'react-intl';
import { speak } from '../api/client.ts';
import { en } from '../texts/en.ts';
import { hi } from '../texts/hi.ts';

export const LANGUAGES = ['en', 'hi'] as const;

export type Language = (typeof LANGUAGES)[number];

const TEXTS: Readonly<Record<Language, Record<string, string>>> = { en, hi };
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN' };
const KEY = 'hazir.language';

const Chosen = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'en',
  choose: () => undefined,
});

export function useLanguage() {
  return useContext(Chosen);
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(remembered);
  speak(language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(() => {
    const choose = (wanted: Language) => {
      localStorage.setItem(KEY, wanted);
      setLanguage(wanted);
    };
    return { language, choose };
  }, [language]);
  return (
    <Chosen value={value}>
      <IntlProvider locale={LOCALES[language]} messages={TEXTS[language]}>
        {children}
      </IntlProvider>
    </Chosen>
  );
}

function remembered(): Language {
  const wanted = localStorage.getItem(KEY) ?? navigator.language;
  return wanted.startsWith('hi') ? 'hi' : 'en';
}
