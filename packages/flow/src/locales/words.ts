/** Lookups over all locales, folded once. A citizen may use the words of any language in any conversation. */
import { normalize } from '@hazir/language';
import { LOCALES } from './index.ts';
import { COMMANDS, type Command, type Locale } from './locale.ts';

/** Command by folded keyword. */
export const COMMAND_WORDS: ReadonlyMap<string, Command> = new Map(
  LOCALES.flatMap((locale) =>
    COMMANDS.flatMap((command) => locale.commands[command].map((word): [string, Command] => [normalize(word), command])),
  ),
);

export const SAYS_YES: ReadonlySet<string> = wordsOf('yes');
export const SAYS_NO: ReadonlySet<string> = wordsOf('no');
export const SKIP_WORDS: ReadonlySet<string> = wordsOf('skip');
export const OPTION_WORDS: ReadonlySet<string> = wordsOf('option');

function wordsOf(kind: keyof Locale['words']): Set<string> {
  return new Set(LOCALES.flatMap((locale) => locale.words[kind].map(normalize)));
}
