import { HazirError } from '@hazir/core';
import type { CompiledFlow, CompiledNode, CompiledParts, Target } from '../nodes/node-type.ts';
import type { RawFlow, RawNode } from './read-flow.ts';
import { flowExpressions, type NodeUse, nodeScope, type PackScope } from './scope.ts';

export interface FlowResult {
  flow: CompiledFlow;
  /** By node. */
  uses: ReadonlyMap<string, NodeUse>;
}

/** Compiles one flow. What is wrong has been reported; a node that could not be compiled is left out. */
export function compileFlow(pack: PackScope, raw: RawFlow): FlowResult | undefined {
  const expressions = flowExpressions(pack, raw);
  try {
    expressions();
  } catch (error) {
    if (!(error instanceof HazirError)) throw error;
    pack.problems.add(error.code, `${raw.id}: ${error.message}`, { file: raw.yaml.file, hint: error.hint ?? '' });
    return undefined;
  }
  const nodes = new Map<string, CompiledNode>();
  const uses = new Map<string, NodeUse>();
  for (const [index, node] of raw.nodes.entries()) {
    const use: NodeUse = { reads: new Set(), saves: [], own: new Set() };
    const scope = nodeScope({ pack, flow: raw, node, expressions, use });
    const parts = node.type.compile(node.source, scope);
    use.saves = Object.keys(node.type.saves(node.source, scope));
    uses.set(node.name, use);
    const go = goOf(node.source);
    const next = go === undefined ? following(raw.nodes, index, parts) : scope.target(go, ['go']);
    if (parts !== undefined) nodes.set(node.name, assemble(node, parts, next));
  }
  const title = pack.texts.get(`${raw.id}.title`, { limit: ({ buttons }) => buttons.label });
  const flow = { id: raw.id, nodes, first: raw.nodes[0]?.name ?? '', inputs: raw.inputs, title };
  return { flow: raw.urgent ? { ...flow, urgent: true } : flow, uses };
}

function assemble(node: RawNode, parts: CompiledParts, next: Target | undefined): CompiledNode {
  const { endsFlow: _, exits = [], ...rest } = parts;
  return { ...rest, name: node.name, verb: node.type.verb, next, exits: next === undefined ? exits : [...exits, next] };
}

function following(nodes: readonly RawNode[], index: number, parts: CompiledParts | undefined): Target | undefined {
  const next = nodes[index + 1];
  return next === undefined || parts?.endsFlow === true ? undefined : { type: 'node', node: next.name };
}

function goOf(source: unknown): string | undefined {
  if (typeof source !== 'object' || source === null || !('go' in source)) return undefined;
  return typeof source.go === 'string' ? source.go : undefined;
}
