/**
 * Asks whether a message in the middle of something wants the flow in the frame's value `flow`. The question below stays
 * open: yes opens the flow on top of it, "go on here" asks it again, and any other message is its answer.
 */
import type { InboundContent } from '@hazir/core';
import { normalize } from '@hazir/language';
import type { AskMode, CompiledFlow, CompiledParts, Received } from '../nodes/node-type.ts';
import { type Option, plainOption, showOptions } from '../nodes/show-options.ts';
import { parseChoiceId } from '../step/choice-id.ts';
import { matchChoice } from '../step/match-choice.ts';
import { type Turn, textOf } from '../step/turn.ts';

/** No flow can be called so. */
const GO_ON = '=go-on';

/** The question as a node; `flows` are those of the pack. A tap on it still works later. */
export function switchParts(flows: ReadonlyMap<string, CompiledFlow>): CompiledParts {
  const ask = (turn: Turn, mode: AskMode): void => {
    const lead = mode === 'first' ? '' : `${turn.platform('retry_choice')}\n\n`;
    const text = lead + turn.platform('switch_to');
    showOptions(turn, { text, options: optionsOf(turn), listLabel: turn.platform('choose') });
  };
  return {
    waits: true,
    opens: new Map([...flows.keys()].map((id) => [id, id])),
    run(turn) {
      ask(turn, 'first');
      return { type: 'wait', waiting: { for: 'input' } };
    },
    ask,
    receive,
  };
}

function receive(turn: Turn, content: InboundContent): Received {
  const options = optionsOf(turn);
  const id = content.type === 'choice' ? parseChoiceId(content.id)?.option : written(content, options);
  if (id === GO_ON) return { type: 'end', exit: 'left', value: null };
  const chosen = options.find((option) => option.id === id);
  return chosen === undefined ? { type: 'pass' } : { type: 'go', target: { type: 'flow', flow: chosen.id } };
}

function written(content: InboundContent, options: readonly Option[]): string | undefined {
  const said = content.type === 'text' ? textOf(content) : undefined;
  const index = said === undefined ? undefined : matchChoice(said, options);
  return index === undefined ? undefined : options[index]?.id;
}

function optionsOf(turn: Turn): Option[] {
  const { flow } = turn.frame().values;
  const goOn = plainOption(GO_ON, turn.platform('go_on'));
  if (typeof flow !== 'string') return [goOn];
  const title = turn.pack.flows.get(flow)?.title;
  if (title === undefined) return [plainOption(flow, turn.platform('switch_yes')), goOn];
  const labels = [...title.byLanguage.values()].filter(({ placeholders }) => placeholders.size === 0);
  return [{ id: flow, label: turn.text(title), labels: labels.map((each) => normalize(each.format({}))) }, goOn];
}
