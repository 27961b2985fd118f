/** The platform's own texts in the languages of a pack; a pack may say one in its own words under `hazir:`. */
import { dangerTexts } from '../danger/compile-danger-texts.ts';
import { LOCALES } from '../locales/index.ts';
import { PLATFORM_TEXTS } from '../locales/locale.ts';
import type { LocalizedText } from '../texts/localized.ts';
import { compileMessage, type Message, type MessageLocale } from '../texts/message.ts';
import type { TextCatalogue } from './texts.ts';

/** Compiles the platform's texts for the languages of a pack. */
export function platformTexts(catalogue: TextCatalogue, locales: readonly MessageLocale[]): ReadonlyMap<string, LocalizedText> {
  const texts = new Map<string, LocalizedText>();
  for (const name of PLATFORM_TEXTS) {
    const own = catalogue.get(`hazir.${name}`);
    texts.set(name, own ?? platformText(name, locales));
  }
  for (const [name, text] of dangerTexts(catalogue, locales[0]?.timeZone ?? 'Asia/Kolkata')) texts.set(name, text);
  return texts;
}

function platformText(name: (typeof PLATFORM_TEXTS)[number], locales: readonly MessageLocale[]): LocalizedText {
  const byLanguage = new Map<string, Message>();
  for (const locale of locales) {
    const source = LOCALES.find(({ tag }) => tag === locale.language)?.texts[name];
    if (source !== undefined) byLanguage.set(locale.language, compileMessage(source, locale));
  }
  const placeholders = [...new Set([...byLanguage.values()].flatMap((message) => [...message.placeholders.keys()]))];
  return { key: `hazir.${name}`, byLanguage, placeholders };
}
