import { normalize } from '@hazir/language';
import type { Expression } from '../../expressions/expression.ts';
import { MOST_CHOICE_ID } from '../../limits.ts';
import { openedByChoice, openFlowChoice, takesText } from '../../step/choice-id.ts';
import type { Turn } from '../../step/turn.ts';
import type { LocalizedText } from '../../texts/localized.ts';
import { checkInputs } from '../check-inputs.ts';
import type { CompileScope, Target } from '../node-type.ts';
import { type Option, plainOption } from '../show-options.ts';

export interface ThenButtons {
  list: (turn: Turn) => readonly Option[];
  target: (id: string) => Target | undefined;
  targets: Target[];
  opens: ReadonlyMap<string, string>;
}

interface Button {
  id: string;
  label: LocalizedText;
  labels: string[];
  values: readonly [string, Expression][];
}

/** A name, the flow that an expression names, or a flow with what the button carries for it. */
type Then = string | { flow: string } | Carrying;

interface Carrying {
  open: string;
  with?: { [name: string]: string | number | boolean | null } | undefined;
}

/**
 * Compiles the buttons below a text. A button's label is the node's text `options.<name>`; a flow's title stands in
 * where the node has none, and for a flow that an expression names.
 */
export function compileThen(
  names: readonly Then[] | undefined,
  scope: CompileScope,
  given: readonly [string, Expression][],
): ThenButtons | undefined {
  if (names === undefined) return undefined;
  const buttons: ((turn: Turn) => Option | undefined)[] = [];
  const targets = new Map<string, Target>();
  const carried: Target[] = [];
  for (const [index, name] of names.entries()) {
    if (typeof name !== 'string' && 'open' in name) {
      const button = compileCarrying(name, index, { scope, few: names.length <= 3 });
      if (button !== undefined) buttons.push(button);
      carried.push({ type: 'flow', flow: name.open });
      continue;
    }
    if (typeof name !== 'string') {
      const flow = scope.expression(name.flow, { path: ['then', index, 'flow'], expected: 'string' });
      if (flow !== undefined) buttons.push((turn) => flowButton(turn, flow));
      continue;
    }
    const target = scope.target(name, ['then', index]);
    if (target === undefined) continue;
    const label = labelOf(name, target, { scope, few: names.length <= 3 });
    if (label === undefined) continue;
    targets.set(name, target);
    const fixed = [...label.byLanguage.values()].filter(({ placeholders }) => placeholders.size === 0);
    const button: Button = {
      id: name,
      label,
      labels: fixed.map((each) => normalize(each.format({}))),
      values: scope.placeholders(label, given),
    };
    buttons.push((turn) => shown(button, turn));
  }
  const opens = new Map<string, string>();
  for (const [id, target] of targets) if (target.type === 'flow') opens.set(id, target.flow);
  return {
    list: (turn) => buttons.flatMap((button) => button(turn) ?? []),
    target: (id) => targets.get(id) ?? flowTarget(id),
    targets: [...targets.values(), ...carried],
    opens,
  };
}

/** The values are in the button's own id, so that it works as long as it can be seen. */
function compileCarrying(
  { open, with: given }: Carrying,
  index: number,
  { scope, few }: { scope: CompileScope; few: boolean },
): ((turn: Turn) => Option | undefined) | undefined {
  const path = ['then', index];
  const flow = scope.flowNamed(open, [...path, 'open']);
  const values = scope.expressions(given, 'then');
  if (flow === undefined) return undefined;
  checkInputs(scope, { flow: open, inputs: flow.inputs, values, path });
  if (!takesText(flow.inputs))
    scope.problem('flow:run-input', `A button carries texts only, but "${open}" takes other values`, { path: [...path, 'open'] });
  const label = labelOf(open, { type: 'flow', flow: open }, { scope, few });
  if (label === undefined) return undefined;
  return (turn) => {
    const carried = Object.entries(turn.evaluateAll(values)).map(([name, value]) => [name, String(value ?? '')]);
    const id = openFlowChoice(open, Object.fromEntries(carried));
    return id.length > MOST_CHOICE_ID ? undefined : plainOption(id, turn.text(label));
  };
}

/** Without a title there is nothing to call the button by. */
function flowButton(turn: Turn, named: Expression): Option | undefined {
  const id = turn.evaluate(named);
  const title = typeof id === 'string' ? turn.pack.flows.get(id)?.title : undefined;
  return typeof id !== 'string' || title === undefined ? undefined : plainOption(openFlowChoice(id), turn.text(title));
}

function flowTarget(id: string): Target | undefined {
  const opened = openedByChoice(id);
  return opened === undefined ? undefined : { type: 'flow', ...opened };
}

function labelOf(name: string, target: Target, { scope, few }: { scope: CompileScope; few: boolean }): LocalizedText | undefined {
  const limit = ({ buttons, list }: { buttons: { label: number }; list: { label: number } }): number =>
    few ? buttons.label : list.label;
  const own = scope.text(`options.${name}.label`, { limit });
  if (own !== undefined) return own;
  const title = target.type === 'flow' ? scope.flowTitle(target.flow) : undefined;
  return title ?? scope.text(`options.${name}.label`, { required: true, limit });
}

function shown({ id, label, labels, values }: Button, turn: Turn): Option {
  const text = turn.text(label, turn.evaluateAll(values));
  return { id, label: text, labels: [...labels, normalize(text)], detail: undefined };
}
