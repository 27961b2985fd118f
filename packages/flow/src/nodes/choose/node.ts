import type { InboundContent } from '@hazir/core';
import { z } from 'zod';
import type { ValueType } from '../../expressions/value-type.ts';
import { MISSES_UNTIL_HELP } from '../../limits.ts';
import { commandOfChoice, parseChoiceId } from '../../step/choice-id.ts';
import { hearPlace } from '../../step/heard.ts';
import { matchChoice, matchLabel, matchPrefix } from '../../step/match-choice.ts';
import { type Turn, textOf } from '../../step/turn.ts';
import { go, goesTo, nodeName, retold, save, withValues, yields } from '../fields.ts';
import {
  type AskMode,
  type CompiledNode,
  type CompiledParts,
  type CompileScope,
  defineNode,
  type Outcome,
  type Received,
  type TypeScope,
} from '../node-type.ts';
import { MORE, type Option, PREVIOUS, showOptions, visibleOptions } from '../show-options.ts';
import { compileOptions, type OptionSource } from './options.ts';

const option = z
  .union([
    z.string().max(40).describe('Id of the option; its label stands in the texts.'),
    z.strictObject({
      id: z.string().max(40).describe('Id of the option; its label stands in the texts.'),
      go: goesTo.optional().describe('What follows when it is chosen.'),
      when: z.string().optional().describe('CEL: offered only when this holds.'),
    }),
  ])
  .describe('One option.');

const schema = z
  .strictObject({
    choose: nodeName,
    options: z.array(option).min(1).max(100).optional().describe('Options of the flow itself.'),
    from: z
      .string()
      .optional()
      .describe('CEL: a list; each item is an option, read as `item`. Own options follow after the items.'),
    option: z
      .strictObject({
        id: z.string().describe('CEL: a stable id of the item.'),
        label: z.string().describe('CEL: what the citizen reads.'),
        detail: z.string().optional().describe('CEL: a second line, where the channel has room.'),
        value: z.string().optional().describe('CEL: what is saved; the item when absent.'),
      })
      .optional()
      .describe('How an item of `from` becomes an option.'),
    with: withValues,
    save,
    yields,
    retold,
    empty: goesTo.optional().describe('What follows when there is no option at all.'),
    go,
  })
  .describe('Lets the citizen choose one option.');

type Source = z.infer<typeof schema>;

/**
 * Lets the citizen choose. Buttons, a list, a paged list or numbered text are used as the channel allows. The answer may
 * be a tap, a number in any script, or a label in any language of the pack.
 *
 * @example
 * ```yaml
 * - choose: topic
 *   options: [roads, water, { id: other, go: other }]
 *   save: topic
 * - say: other
 * ```
 */
export const chooseNode = defineNode({ verb: 'choose', named: true, schema, saves, compile });

function saves(source: Source, scope: TypeScope): { [name: string]: ValueType } {
  if (source.save === undefined) return {};
  if (source.from === undefined) return { [source.save]: 'string' };
  const list = scope.typeOf(source.from);
  const item = typeof list === 'object' && 'list' in list ? list.list : 'any';
  return { [source.save]: source.option?.value === undefined ? item : scope.typeOf(source.option.value, item) };
}

function compile(source: Source, scope: CompileScope): CompiledParts | undefined {
  if (source.from === undefined && source.options === undefined) {
    scope.problem('flow:choose-options', 'A choose needs options', {
      hint: 'Give "options: [...]", or "from: <list>" with "option: { id, label }", or both.',
    });
    return undefined;
  }
  const given = scope.expressions(source.with, 'with');
  const text = scope.text('text', { required: true, limit: ({ choiceText }) => choiceText });
  const retry = scope.text('retry', { limit: ({ choiceText }) => choiceText });
  const listLabel = scope.text('list', { limit: ({ list }) => list.openLabel });
  const values = scope.placeholders(text, given);
  const retryValues = scope.placeholders(retry, given);
  const options = compileOptions(source, scope, given);
  const empty = source.empty === undefined ? undefined : scope.target(source.empty, ['empty']);
  const again = source.retold === undefined ? undefined : retoldIn(source.retold, scope);
  if (text === undefined || options === undefined) return undefined;
  const body = (turn: Turn, mode: AskMode): string => {
    const question = turn.text(text, turn.evaluateAll(values));
    if (mode === 'first') return question;
    if (mode === 'stuck') return `${turn.platform('stuck')}\n\n${question}`;
    const lead = retry === undefined ? turn.platform('retry_choice') : turn.text(retry, turn.evaluateAll(retryValues));
    return `${lead}\n\n${question}`;
  };
  const ask = (turn: Turn, mode: AskMode): void => {
    const shown = visibleOptions(turn, options.list(turn), mode === 'stuck');
    showOptions(turn, {
      text: body(turn, mode),
      options: shown,
      listLabel: listLabel === undefined ? turn.platform('choose') : turn.text(listLabel),
    });
  };
  return {
    waits: true,
    rests: options.opens.size > 0 && options.opens.size === options.count && source.save === undefined,
    ...(source.yields === true && { yields: true }),
    ...(again !== undefined && { retold: again }),
    opens: options.opens,
    savesNothingTo: [...(options.savesNothingTo ?? []), ...(again?.target.type === 'node' ? [again.target.node] : [])],
    exits: [...options.targets, ...(empty === undefined ? [] : [empty]), ...(again === undefined ? [] : [again.target])],
    run(turn) {
      delete turn.session.page;
      if (options.list(turn).length === 0) return empty === undefined ? { type: 'next' } : { type: 'go', target: empty };
      ask(turn, 'first');
      return { type: 'wait', waiting: { for: 'input' } };
    },
    ask,
    claims: (turn, said) => matchLabel(said, options.list(turn)) !== undefined,
    receive: (turn, content) => receive(turn, content, { options, save: source.save, ask }),
  };
}

function retoldIn({ flow, go: goes }: NonNullable<Source['retold']>, scope: CompileScope): CompiledNode['retold'] {
  const target = scope.target(goes, ['retold', 'go']);
  return scope.flowNamed(flow, ['retold', 'flow']) === undefined || target === undefined ? undefined : { flow, target };
}

interface Receiving {
  options: OptionSource;
  save: string | undefined;
  ask: (turn: Turn, mode: AskMode) => void;
}

function receive(turn: Turn, content: InboundContent, { options, save: name, ask }: Receiving): Received {
  const all = options.list(turn);
  const found = content.type === 'choice' ? tappedOption(turn, content.id) : writtenOption(turn, content, all);
  if (found === undefined) {
    if (content.type === 'text') hearPlace(turn, content.text);
    return { type: 'miss', kind: content.type };
  }
  const command = commandOfChoice(found);
  if (command !== undefined) return { type: 'command', command };
  if (found === MORE || found === PREVIOUS) return turnPage(turn, found, ask);
  if (!all.some(({ id }) => id === found)) return { type: 'miss', kind: 'old_choice' };
  delete turn.session.page;
  const value = options.value(turn, found);
  if (value !== undefined) turn.save(name, value);
  const target = options.target(found);
  return target === undefined ? { type: 'next' } : { type: 'go', target };
}

function turnPage(turn: Turn, way: string, ask: (turn: Turn, mode: AskMode) => void): Outcome {
  turn.session.page = Math.max(0, (turn.session.page ?? 0) + (way === MORE ? 1 : -1));
  ask(turn, 'first');
  return { type: 'wait', waiting: { for: 'input' } };
}

function tappedOption(turn: Turn, id: string): string | undefined {
  const place = parseChoiceId(id);
  return place?.flow === turn.frame().flow && place.node === turn.frame().node ? place.option : undefined;
}

/** Options on show first, by number or label; then all pages, by label and by the beginning of one. */
function writtenOption(turn: Turn, content: InboundContent, all: readonly Option[]): string | undefined {
  const said = content.type === 'text' ? textOf(content) : undefined;
  if (said === undefined) return undefined;
  const visible = visibleOptions(turn, all, turn.session.misses >= MISSES_UNTIL_HELP);
  const shown = matchChoice(said, visible);
  if (shown !== undefined) return visible[shown]?.id;
  const index = matchLabel(said, all) ?? matchPrefix(said, all);
  return index === undefined ? undefined : all[index]?.id;
}
