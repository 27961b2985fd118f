/** Where the options of a choose come from: the flow's own list with labels in the texts, or a list of data. */
import type { Json } from '@hazir/core';
import { normalize } from '@hazir/language';
import type { Expression } from '../../expressions/expression.ts';
import type { ValueType } from '../../expressions/value-type.ts';
import { MOST_OPTIONS } from '../../limits.ts';
import { choiceIdTooLong } from '../../step/choice-id.ts';
import type { Turn } from '../../step/turn.ts';
import type { LocalizedText } from '../../texts/localized.ts';
import type { CompileScope, Target } from '../node-type.ts';
import type { Option } from '../show-options.ts';

export interface OptionSource {
  list: (turn: Turn) => readonly Option[];
  /** What is saved for an option; undefined: nothing. */
  value: (turn: Turn, id: string) => Json | undefined;
  /** Nodes that options lead to which save nothing. */
  savesNothingTo?: string[];
  target: (id: string) => Target | undefined;
  targets: Target[];
  /** Options that open a flow, by id. */
  opens: ReadonlyMap<string, string>;
  /** Options of the flow's own; 0 for data. */
  count: number;
}

export interface OptionsIn {
  options?: readonly (string | { id: string; go?: string | undefined; when?: string | undefined })[] | undefined;
  from?: string | undefined;
  option?: { id: string; label: string; detail?: string | undefined; value?: string | undefined } | undefined;
}

interface OwnOption {
  id: string;
  label: LocalizedText;
  detail: LocalizedText | undefined;
  when: Expression | undefined;
  labels: string[];
  values: readonly [string, Expression][];
}

/** Compiles the options of a choose; undefined when a problem was reported. */
export function compileOptions(
  source: OptionsIn,
  scope: CompileScope,
  given: readonly [string, Expression][],
): OptionSource | undefined {
  if (source.from === undefined) return ownOptions(source, scope, given);
  const data = dataOptions(source.from, source, scope);
  if (source.options === undefined || data === undefined) return data;
  for (const [index, each] of source.options.entries()) {
    if (typeof each !== 'string' && each.go !== undefined) continue;
    scope.problem('flow:choose-options', 'An option beside a list of data needs "go"', {
      path: ['options', index],
      hint: 'It saves nothing, so it leads elsewhere.',
    });
  }
  return together(data, ownOptions(source, scope, given));
}

/** Items of a list first, then options such as "none of these". */
function together(data: OptionSource, own: OptionSource): OptionSource {
  return {
    ...own,
    list: (turn) => [...data.list(turn), ...own.list(turn)],
    value: (turn, id) => (own.target(id) === undefined ? data.value(turn, id) : undefined),
    savesNothingTo: own.targets.flatMap((target) => (target.type === 'node' ? [target.node] : [])),
    count: 0,
  };
}

function ownOptions(source: OptionsIn, scope: CompileScope, given: readonly [string, Expression][]): OptionSource {
  const own: OwnOption[] = [];
  const targets = new Map<string, Target>();
  for (const [index, each] of (source.options ?? []).entries()) {
    const { id, go, when } = typeof each === 'string' ? { id: each } : { go: undefined, when: undefined, ...each };
    if (own.some((other) => other.id === id)) {
      scope.problem('flow:option-twice', `The option "${id}" is listed twice`, { path: ['options', index], hint: 'Remove one.' });
    }
    const compiled = ownOption({ id, when }, scope, { index, given });
    if (compiled !== undefined) own.push(compiled);
    const target = go === undefined ? undefined : scope.target(go, ['options', index, 'go']);
    if (target !== undefined) targets.set(id, target);
  }
  const opens = new Map<string, string>();
  for (const [id, target] of targets) if (target.type === 'flow') opens.set(id, target.flow);
  return {
    list: listOwn(own),
    value: (_, id) => id,
    target: (id) => targets.get(id),
    targets: [...targets.values()],
    opens,
    count: source.options?.length ?? 0,
  };
}

function ownOption(
  { id, when }: { id: string; when?: string | undefined },
  scope: CompileScope,
  { index, given }: { index: number; given: readonly [string, Expression][] },
): OwnOption | undefined {
  const label = scope.text(`options.${id}.label`, {
    required: true,
    limit: ({ list, buttons }) => Math.max(list.label, buttons.label),
  });
  const detail = scope.text(`options.${id}.detail`, { limit: ({ list }) => list.detail });
  const condition =
    when === undefined ? undefined : scope.expression(when, { path: ['options', index, 'when'], expected: 'bool' });
  if (label === undefined) return undefined;
  const labels = [...label.byLanguage.values()]
    .filter(({ placeholders }) => placeholders.size === 0)
    .map((each) => normalize(each.format({})));
  const values = [...scope.placeholders(label, given), ...scope.placeholders(detail, given)];
  return { id, label, detail, when: condition, labels, values };
}

/** Options that do not depend on the conversation are made once for each language. */
function listOwn(own: readonly OwnOption[]): (turn: Turn) => readonly Option[] {
  const fixed = own.every(({ when, values }) => when === undefined && values.length === 0);
  if (!fixed) return (turn) => own.filter((each) => offered(each, turn)).map((each) => shown(each, turn));
  const byLanguage = new Map<string, readonly Option[]>();
  return (turn) => {
    const cached = byLanguage.get(turn.language());
    if (cached !== undefined) return cached;
    const created = own.map((each) => shown(each, turn));
    byLanguage.set(turn.language(), created);
    return created;
  };
}

function offered({ when }: OwnOption, turn: Turn): boolean {
  return when === undefined || turn.evaluate(when) === true;
}

function shown({ id, label, detail, labels, values }: OwnOption, turn: Turn): Option {
  const evaluated = turn.evaluateAll(values);
  const text = turn.text(label, evaluated);
  const second = detail === undefined ? undefined : turn.text(detail, evaluated);
  return { id, label: text, labels: [...labels, normalize(text)], detail: second };
}

function dataOptions(from: string, source: OptionsIn, scope: CompileScope): OptionSource | undefined {
  const list = scope.expression(from, { path: ['from'], expected: { list: 'any' } });
  if (source.option === undefined) {
    scope.problem('flow:choose-options', 'A choose with "from" needs "option"', {
      hint: 'For example option: { id: item.code, label: item.name }',
    });
    return undefined;
  }
  const item: ValueType = list !== undefined && typeof list.type === 'object' && 'list' in list.type ? list.type.list : 'any';
  const read = (field: 'id' | 'label' | 'detail' | 'value', expected?: ValueType): Expression | undefined => {
    const text = source.option?.[field];
    return text === undefined
      ? undefined
      : scope.expression(text, { path: ['option', field], item, ...(expected === undefined ? {} : { expected }) });
  };
  const id = read('id');
  const label = read('label', 'string');
  const detail = read('detail', 'string');
  const value = read('value');
  if (list === undefined || id === undefined || label === undefined) return undefined;
  const items = (turn: Turn): Json[] => {
    const found = turn.evaluate(list);
    return Array.isArray(found) ? found.slice(0, MOST_OPTIONS) : [];
  };
  const idOf = (turn: Turn, each: Json, index: number): string => stableId(turn, turn.evaluate(id, each), index);
  return {
    list: (turn) => items(turn).map((each, index) => dataOption(turn, each, { id: idOf(turn, each, index), label, detail })),
    value(turn, chosen) {
      const found = items(turn).find((each, index) => idOf(turn, each, index) === chosen) ?? null;
      return value === undefined ? found : turn.evaluate(value, found);
    },
    target: () => undefined,
    targets: [],
    opens: new Map(),
    count: 0,
  };
}

function dataOption(turn: Turn, item: Json, parts: { id: string; label: Expression; detail: Expression | undefined }): Option {
  const label = String(turn.evaluate(parts.label, item));
  const detail = parts.detail === undefined ? undefined : turn.evaluate(parts.detail, item);
  return { id: parts.id, label, labels: [normalize(label)], detail: typeof detail === 'string' ? detail : undefined };
}

/** An item's own id; its place in the list where that is no text or number, or longer than a channel takes. */
function stableId(turn: Turn, id: Json, index: number): string {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  const { flow, node } = turn.frame();
  return text === '' || choiceIdTooLong({ flow, node, option: text }) ? `#${index + 1}` : text;
}
