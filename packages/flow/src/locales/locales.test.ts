import { findLanguage, LANGUAGES, normalize, scriptOf } from '@hazir/language';
import { describe, expect, test } from 'vitest';
import { compileMessage } from '../texts/message.ts';
import { LOCALES } from './index.ts';
import { COMMANDS, type Command, PLATFORM_TEXTS } from './locale.ts';

const en = LOCALES.find(({ tag }) => tag === 'en');
/** UTF-16 units that a WhatsApp button or the button of a list allows. */
const BUTTON = 20;

test('every language that Hazir knows has a locale', () => {
  expect(LOCALES.map(({ tag }) => tag).sort()).toEqual(LANGUAGES.map(({ tag }) => tag).sort());
});

describe.each(LOCALES.map((locale) => [locale.tag, locale] as const))('%s', (tag, locale) => {
  const about = {
    language: tag,
    direction: findLanguage(tag)?.direction ?? 'ltr',
    digits: 'latn',
    timeZone: 'Asia/Kolkata',
  } as const;

  test('has every text, none empty, with the placeholders of English', () => {
    expect(Object.keys(locale.texts).sort()).toEqual([...PLATFORM_TEXTS].sort());
    for (const name of PLATFORM_TEXTS) {
      const message = compileMessage(locale.texts[name], about);
      const reference = compileMessage(en?.texts[name] ?? '', { ...about, language: 'en' });
      expect(message.longest, name).toBeGreaterThan(0);
      expect([...message.placeholders].sort(), name).toEqual([...reference.placeholders].sort());
    }
  });

  test('is written in its own script, and differs from English', () => {
    const own = scriptOf(findLanguage(tag)?.ownName ?? '');
    // Names and types of placeholders are Latin in every language.
    const words = (text: string): string => text.replaceAll(/\{\w+(?:, \w+)*\}|\{\w+, plural,|one|other/g, '');
    for (const name of PLATFORM_TEXTS) expect(scriptOf(words(locale.texts[name])), name).toBe(own);
    if (tag !== 'en') for (const name of PLATFORM_TEXTS) expect(locale.texts[name], name).not.toBe(en?.texts[name]);
  });

  test('labels fit a button', () => {
    for (const name of ['menu', 'person', 'skip', 'more', 'previous', 'choose', 'heard_yes', 'heard_fix'] as const) {
      expect(locale.texts[name].length, name).toBeLessThanOrEqual(BUTTON);
    }
  });

  test('has words for every command, in its own script too, and its button for a person says the command', () => {
    const own = scriptOf(findLanguage(tag)?.ownName ?? '');
    for (const command of COMMANDS)
      expect(
        locale.commands[command].some((word) => scriptOf(word) === own),
        command,
      ).toBe(true);
    for (const words of Object.values(locale.words)) expect(words.length).toBeGreaterThan(0);
    const said = locale.commands.person.map(normalize);
    expect(said).toContain(normalize(locale.texts.person));
    for (const bold of locale.texts.help.matchAll(/\*([^*]+)\*/g)) {
      expect(
        COMMANDS.some((command) => locale.commands[command].map(normalize).includes(normalize(bold[1] ?? ''))),
        bold[1],
      ).toBe(true);
    }
  });
});

test('no word means two commands, in whatever language', () => {
  const meanings = new Map<string, Command>();
  for (const { tag, commands } of LOCALES) {
    for (const command of COMMANDS) {
      for (const word of commands[command]) {
        const known = meanings.get(normalize(word));
        expect(known === undefined || known === command, `${tag}: "${word}" is ${command} and ${known}`).toBe(true);
        meanings.set(normalize(word), command);
      }
    }
  }
});

test('no word means yes in one language and no in another', () => {
  const yes = new Set(LOCALES.flatMap(({ words }) => words.yes.map(normalize)));
  const both = LOCALES.flatMap(({ words }) => words.no.map(normalize)).filter((word) => yes.has(word));
  expect(both).toEqual([]);
});
