/** Texts of data in the pack's languages. */

/** A text by language tag; complete for every language of the pack. */
export type Localized = ReadonlyMap<string, string>;

/** The text in the language asked for, else in the default one; empty only where the data leaves it out. */
export function textIn(text: Localized, language: string, defaultLanguage: string): string {
  return text.get(language) ?? text.get(language.split('-')[0] ?? '') ?? text.get(defaultLanguage) ?? '';
}
