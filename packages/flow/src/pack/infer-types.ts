/** Finds the type of everything that flows save, in a few rounds: a value may come from a flow or node that stands later. */
import type { Json } from '@hazir/core';
import { describeType, sameType, unify, type ValueType } from '../expressions/value-type.ts';
import type { RawFlow } from './read-flow.ts';
import { AMBIENT, flowExpressions, type PackScope, typeScope } from './scope.ts';

/** A type that travels through more flows than this stays unknown, which is allowed. */
const MOST_ROUNDS = 4;

/** Fills in `values` and `returns` of the scope, and reports names that are saved with two types. */
export function inferTypes(pack: PackScope): void {
  let before = '';
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const flow of pack.flows.values()) inferFlow(pack, flow, () => undefined);
    const after = JSON.stringify([[...pack.values], [...pack.returns]]);
    if (after === before) break;
    before = after;
  }
  for (const flow of pack.flows.values()) {
    inferFlow(pack, flow, (message, { node, hint }) => {
      pack.problems.add('flow:type-conflict', `${flow.id}/${node}: ${message}`, {
        file: flow.yaml.file,
        line: flow.yaml.line(flow.nodes.find(({ name }) => name === node)?.path ?? []),
        hint,
      });
    });
  }
}

function inferFlow(
  pack: PackScope,
  flow: RawFlow,
  report: (message: string, about: { node: string; hint: string }) => void,
): void {
  const scope = typeScope(pack, flowExpressions(pack, flow));
  const types: { [name: string]: ValueType } = {};
  let returns: ValueType = 'null';
  for (const { name: node, type, source } of flow.nodes) {
    for (const [name, saved] of Object.entries(type.saves(source, scope))) {
      const known = types[name] ?? flow.inputs[name];
      if (AMBIENT.some((each) => each === name))
        report(`"${name}" cannot be saved, every flow has it already`, { node, hint: 'Choose another name.' });
      const both = known === undefined ? saved : unify(known, saved);
      if (both === undefined && known !== undefined) {
        report(`"${name}" is saved as ${describeType(saved)} here and as ${describeType(known)} before`, {
          node,
          hint: 'Use two names.',
        });
      }
      types[name] = both ?? 'any';
    }
    if (type.verb === 'end') returns = unify(returns, scope.typeOf(endValue(source))) ?? 'any';
  }
  pack.values.set(flow.id, Object.fromEntries(Object.entries(types).filter(([name]) => !AMBIENT.some((each) => each === name))));
  if (!sameType(returns, pack.returns.get(flow.id) ?? 'any')) pack.returns.set(flow.id, returns);
}

function endValue(source: unknown): Json | undefined {
  if (typeof source !== 'object' || source === null || !('value' in source)) return undefined;
  const { value } = source;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
