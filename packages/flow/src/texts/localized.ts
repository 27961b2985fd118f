import type { Message } from './message.ts';

/** One text in every language of a pack. */
export interface LocalizedText {
  key: string;
  byLanguage: ReadonlyMap<string, Message>;
  /** Placeholders of all languages together; the pack check proves that they agree. */
  placeholders: readonly string[];
}

/** The message of a language, or of the pack's default language; undefined only for a text that has none at all. */
export function messageIn(text: LocalizedText, language: string, defaultLanguage: string): Message | undefined {
  return text.byLanguage.get(language) ?? text.byLanguage.get(defaultLanguage);
}
