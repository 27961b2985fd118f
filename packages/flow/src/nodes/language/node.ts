import type { InboundContent } from '@hazir/core';
import { findLanguage, normalize } from '@hazir/language';
import { z } from 'zod';
import { MISSES_UNTIL_HELP } from '../../limits.ts';
import { commandOfChoice, parseChoiceId } from '../../step/choice-id.ts';
import { matchChoice, matchLabel } from '../../step/match-choice.ts';
import { type Turn, textOf } from '../../step/turn.ts';
import type { LocalizedText } from '../../texts/localized.ts';
import { go, nodeName } from '../fields.ts';
import { type AskMode, type CompiledParts, type CompileScope, defineNode, type Received } from '../node-type.ts';
import { type Option, showOptions, visibleOptions } from '../show-options.ts';

/** More lines of a question than this push the list off a small screen. */
const MOST_LINES = 5;

const schema = z
  .strictObject({
    language: nodeName,
    always: z.boolean().optional().describe('Ask even when the language is known already.'),
    go,
  })
  .describe('Asks which language the citizen wants, each by its own name. Passed over when the language is known.');

/**
 * Asks for the language, once: later conversations pass it over. The text is the node's own, or the platform's question
 * in the languages of the pack. Three languages are buttons, more are a list, whose button the text `list` names.
 *
 * @example
 * ```yaml
 * - language: choose-language
 * - say: welcome
 * ```
 */
export const languageNode = defineNode({ verb: 'language', named: true, schema, compile });

function compile(source: z.infer<typeof schema>, scope: CompileScope): CompiledParts {
  const list = scope.text('list', { limit: (capabilities) => capabilities.list.openLabel });
  return languageParts({ always: source.always === true, text: scope.text('text'), list, languages: scope.languages });
}

/** The language question, as a node of a flow and as the built-in flow behind the command. */
export function languageParts(about: {
  always: boolean;
  text?: LocalizedText | undefined;
  list?: LocalizedText | undefined;
  languages: readonly string[];
}): CompiledParts {
  const options = about.languages.map(languageOption);
  const ask = (turn: Turn, mode: AskMode): void => {
    const text = about.text === undefined ? question(turn) : turn.text(about.text);
    const lead = mode === 'first' ? '' : `${turn.platform('not_understood')}\n\n`;
    showOptions(turn, {
      text: lead + text,
      options: visibleOptions(turn, options, mode === 'stuck'),
      listLabel: about.list === undefined ? turn.platform('choose') : turn.text(about.list),
    });
  };
  return {
    waits: true,
    run(turn) {
      const known = turn.session.language ?? turn.context.contact.language;
      if (options.length < 2 || (!about.always && known !== undefined && about.languages.includes(known)))
        return { type: 'next' };
      delete turn.session.page;
      ask(turn, 'first');
      return { type: 'wait', waiting: { for: 'input' } };
    },
    ask,
    claims: (_, said) => matchLabel(said, options) !== undefined,
    receive: (turn, content) => receive(turn, content, { options, confirm: about.always }),
  };
}

function receive(
  turn: Turn,
  content: InboundContent,
  { options, confirm }: { options: readonly Option[]; confirm: boolean },
): Received {
  const id = content.type === 'choice' ? parseChoiceId(content.id)?.option : written(turn, content, options);
  const command = id === undefined ? undefined : commandOfChoice(id);
  if (command !== undefined) return { type: 'command', command };
  const chosen = options.find((option) => option.id === id);
  if (chosen === undefined) return { type: 'miss', kind: content.type };
  turn.session.language = chosen.id;
  turn.emit({ type: 'language_changed', language: chosen.id });
  if (confirm) turn.post({ type: 'text', text: turn.platform('language_changed', { language: chosen.label }) });
  return { type: 'next' };
}

function written(turn: Turn, content: InboundContent, options: readonly Option[]): string | undefined {
  const said = content.type === 'text' ? textOf(content) : undefined;
  if (said === undefined) return undefined;
  const visible = visibleOptions(turn, options, turn.session.misses >= MISSES_UNTIL_HELP);
  const index = matchChoice(said, visible);
  return index === undefined ? options[matchLabel(said, options) ?? -1]?.id : visible[index]?.id;
}

/** A language is known by its own name, its English name, what people type for it, and its tag. */
function languageOption(tag: string): Option {
  const language = findLanguage(tag);
  const label = language?.ownName ?? tag;
  const names = [label, language?.englishName ?? tag, ...(language?.typedNames ?? [])].map((name) => normalize(name));
  return { id: tag, label, labels: [...names, tag], detail: undefined };
}

/** The platform's question in up to five languages of the pack, for somebody whose language is not known yet. */
function question(turn: Turn): string {
  const text = turn.pack.platform.get('choose_language');
  const languages = [turn.language(), ...turn.pack.languages.filter((each) => each !== turn.language())].slice(0, MOST_LINES);
  return languages
    .map((each) => text?.byLanguage.get(each)?.format({}) ?? '')
    .filter((line) => line !== '')
    .join('\n');
}
