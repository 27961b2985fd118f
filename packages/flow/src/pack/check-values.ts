/**
 * Proves that no value is read before it is saved: forward over the flow, a value counts as set only where every way
 * leads through a node that saves it. `isSet(x)` in an expression lifts the duty for that expression.
 */
import type { CompiledNode } from '../nodes/node-type.ts';
import type { FlowResult } from './compile-flow.ts';
import type { RawFlow } from './read-flow.ts';
import { AMBIENT } from './scope.ts';
import type { Problems } from './source.ts';

/** Reports reads of values that may not be set yet. */
export function checkValues(raw: RawFlow, { flow, uses }: FlowResult, problems: Problems): void {
  const given = new Set<string>([...Object.keys(raw.inputs), ...AMBIENT]);
  const before = new Map<string, ReadonlySet<string>>([[flow.first, given]]);
  const open = [flow.first];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = flow.nodes.get(name);
    const known = before.get(name);
    if (node === undefined || known === undefined) continue;
    const after = new Set([...known, ...(uses.get(name)?.saves ?? [])]);
    for (const next of followers(node)) if (narrow(before, next, passed(node, next, { known, after }))) open.push(next);
  }
  for (const [name, known] of before) report(name, known, { raw, uses, problems });
}

function followers(node: CompiledNode): string[] {
  return node.exits.flatMap((exit) => (exit.type === 'node' ? [exit.node] : []));
}

/** An error path or a skipped question leaves without having saved anything. */
function passed(
  node: CompiledNode,
  next: string,
  { known, after }: { known: ReadonlySet<string>; after: ReadonlySet<string> },
): ReadonlySet<string> {
  return node.savesNothingTo?.includes(next) === true ? known : after;
}

function narrow(before: Map<string, ReadonlySet<string>>, node: string, incoming: ReadonlySet<string>): boolean {
  const known = before.get(node);
  const both = known === undefined ? incoming : new Set([...known].filter((each) => incoming.has(each)));
  if (known !== undefined && both.size === known.size) return false;
  before.set(node, both);
  return true;
}

function report(
  name: string,
  known: ReadonlySet<string>,
  { raw, uses, problems }: { raw: RawFlow; uses: FlowResult['uses']; problems: Problems },
): void {
  for (const read of uses.get(name)?.reads ?? []) {
    if (known.has(read)) continue;
    problems.add('flow:unset-value', `${raw.id}/${name}: "${read}" may not be set yet when this node is reached`, {
      file: raw.yaml.file,
      line: raw.yaml.line(raw.nodes.find((node) => node.name === name)?.path ?? []),
      hint: `Save it on every way here, set it before (set: { ${read}: null }), or guard it: isSet(${read}) ? ${read} : ...`,
    });
  }
}
