/** Asks which flow a message meant: the flows in the frame's value `flows`, by their titles. */
import type { InboundContent } from '@hazir/core';
import { normalize } from '@hazir/language';
import { MISSES_UNTIL_HELP } from '../limits.ts';
import type { AskMode, CompiledFlow, CompiledParts, Received } from '../nodes/node-type.ts';
import { commandOption, type Option, showOptions, visibleOptions } from '../nodes/show-options.ts';
import { commandOfChoice, parseChoiceId } from '../step/choice-id.ts';
import { matchChoice, matchLabel } from '../step/match-choice.ts';
import { type Turn, textOf } from '../step/turn.ts';

/** The question as a node. A tap on it opens its flow later, too. */
export function offerParts(flows: ReadonlyMap<string, CompiledFlow>): CompiledParts {
  const titled = [...flows.values()].filter(({ title }) => title !== undefined).map(({ id }) => id);
  const ask = (turn: Turn, mode: AskMode): void => {
    const lead = mode === 'first' ? '' : `${turn.platform(mode === 'stuck' ? 'stuck' : 'not_understood')}\n\n`;
    showOptions(turn, {
      text: lead + turn.platform('did_you_mean'),
      options: shownOptions(turn, mode === 'stuck'),
      listLabel: turn.platform('choose'),
    });
  };
  return {
    waits: true,
    rests: true,
    opens: new Map(titled.map((id) => [id, id])),
    run(turn) {
      if (optionsOf(turn).length === 0) return { type: 'go', target: { type: 'flow', flow: turn.pack.menu } };
      delete turn.session.page;
      ask(turn, 'first');
      return { type: 'wait', waiting: { for: 'input' } };
    },
    ask,
    claims: (turn, said) => matchLabel(said, optionsOf(turn)) !== undefined,
    receive,
  };
}

function receive(turn: Turn, content: InboundContent): Received {
  const id = content.type === 'choice' ? parseChoiceId(content.id)?.option : written(turn, content);
  const command = id === undefined ? undefined : commandOfChoice(id);
  if (command !== undefined) return { type: 'command', command };
  const chosen = optionsOf(turn).find((option) => option.id === id);
  return chosen === undefined ? { type: 'miss', kind: content.type } : { type: 'go', target: { type: 'flow', flow: chosen.id } };
}

function written(turn: Turn, content: InboundContent): string | undefined {
  const said = content.type === 'text' ? textOf(content) : undefined;
  const visible = shownOptions(turn, turn.session.misses >= MISSES_UNTIL_HELP);
  const index = said === undefined ? undefined : matchChoice(said, visible);
  return index === undefined ? undefined : visible[index]?.id;
}

/** With the menu beside them while it fits on a button. */
function shownOptions(turn: Turn, wayOut: boolean): Option[] {
  const options = optionsOf(turn);
  if (wayOut) return visibleOptions(turn, options, true);
  return options.length < turn.context.capabilities.buttons.most ? [...options, commandOption(turn, 'menu')] : options;
}

function optionsOf(turn: Turn): Option[] {
  const { flows } = turn.frame().values;
  return (Array.isArray(flows) ? flows : []).flatMap((id) => {
    const title = typeof id === 'string' ? turn.pack.flows.get(id)?.title : undefined;
    if (typeof id !== 'string' || title === undefined) return [];
    const labels = [...title.byLanguage.values()].filter(({ placeholders }) => placeholders.size === 0);
    return [{ id, label: turn.text(title), labels: labels.map((each) => normalize(each.format({}))), detail: undefined }];
  });
}
