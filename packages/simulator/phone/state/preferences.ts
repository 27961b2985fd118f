/** How this visitor wants the page: from the address first, then from the last visit, then from the system. */
export const themes = ['system', 'light', 'dark'] as const;
export const languages = ['en', 'hi', 'mr'] as const;

export type Theme = (typeof themes)[number];
export type Language = (typeof languages)[number];

export interface Preferences {
  theme: Theme;
  language: Language;
}

export interface StartPoint {
  /** Citizens to show, in order. */
  citizens: string[];
  numberId: string | undefined;
}

export function readPreferences(search: string): Preferences {
  const wanted = new URLSearchParams(search);
  return {
    theme: oneOf(themes, wanted.get('theme')) ?? oneOf(themes, stored('theme')) ?? 'system',
    language: oneOf(languages, wanted.get('lang')) ?? oneOf(languages, stored('lang')) ?? systemLanguage(),
  };
}

export function readStartPoint(search: string): StartPoint {
  const wanted = new URLSearchParams(search);
  return { citizens: wanted.getAll('citizen').filter(Boolean).slice(0, 3), numberId: wanted.get('number') ?? undefined };
}

/** Keeps the address a link to what is shown. */
export function writeAddress(citizens: string[]): void {
  const query = new URLSearchParams(location.search);
  query.delete('citizen');
  for (const id of citizens) query.append('citizen', id);
  history.replaceState(null, '', `${location.pathname}?${query}`);
}

/** A choice made on the page wins over the address that it was opened with. */
export function storePreference(name: 'theme' | 'lang', value: string): void {
  const query = new URLSearchParams(location.search);
  if (query.has(name)) {
    query.set(name, value);
    history.replaceState(null, '', `${location.pathname}?${query}`);
  }
  try {
    localStorage.setItem(`hazir-phone-${name}`, value);
  } catch {
    // A browser without storage simply forgets.
  }
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(`hazir-phone-${name}`);
  } catch {
    return null;
  }
}

function systemLanguage(): Language {
  for (const tag of navigator.languages) {
    const match = oneOf(languages, tag.slice(0, 2));
    if (match) return match;
  }
  return 'en';
}

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | undefined {
  return allowed.find((candidate) => candidate === value);
}
