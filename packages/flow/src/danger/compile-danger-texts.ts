import { DANGERS, LANGUAGES } from '@hazir/language';
import type { TextCatalogue } from '../pack/texts.ts';
import type { LocalizedText } from '../texts/localized.ts';
import { compileMessage, type Message } from '../texts/message.ts';
import { DANGER_TEXTS } from './all-texts.ts';

/** The name of the text for a danger among the platform's: a pack may say it in its own words under `hazir:`. */
export function dangerText(name: (typeof NAMES)[number]): string {
  return `danger_${name}`;
}

const NAMES = [...DANGERS, 'told'] as const;

/** Compiles what is said in danger, in all languages; a pack's own words go before the platform's. */
export function dangerTexts(catalogue: TextCatalogue, timeZone: string): [string, LocalizedText][] {
  return NAMES.map((name) => {
    const own = catalogue.get(`hazir.${dangerText(name)}`);
    const byLanguage = new Map<string, Message>();
    for (const { tag, direction } of LANGUAGES) {
      const source = DANGER_TEXTS[tag]?.[name];
      // Telephone numbers are dialled, so they stand in Latin digits in every language.
      if (source !== undefined)
        byLanguage.set(tag, compileMessage(source, { language: tag, direction, digits: 'latn', timeZone }));
    }
    for (const [tag, message] of own?.byLanguage ?? []) byLanguage.set(tag, message);
    const placeholders = [...new Set([...byLanguage.values()].flatMap((message) => [...message.placeholders.keys()]))];
    return [dangerText(name), { key: `hazir.${dangerText(name)}`, byLanguage, placeholders }];
  });
}
