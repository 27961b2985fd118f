/** What the shape of a pack's flows must not be: nodes that nothing leads to, and circles that no citizen can leave. */
import type { CompiledFlow, CompiledNode, Target } from '../nodes/node-type.ts';
import type { RawFlow } from './read-flow.ts';
import type { Problems } from './source.ts';

interface Graph {
  flows: ReadonlyMap<string, CompiledFlow>;
  raw: ReadonlyMap<string, RawFlow>;
  problems: Problems;
}

/** Reports unreachable nodes and loops without a wait. */
export function checkGraph(graph: Graph): void {
  for (const flow of graph.flows.values()) {
    // Where a node could not be compiled, its exits are unknown and all below it would be reported too.
    if (flow.nodes.size === graph.raw.get(flow.id)?.nodes.length) checkReachable(flow, graph);
  }
  checkLoops(graph);
}

function checkReachable(flow: CompiledFlow, { raw, problems }: Graph): void {
  const reached = new Set<string>();
  const open = [flow.first];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const exit of flow.nodes.get(name)?.exits ?? []) if (exit.type === 'node') open.push(exit.node);
  }
  const source = raw.get(flow.id);
  for (const node of source?.nodes ?? []) {
    if (reached.has(node.name) || !flow.nodes.has(node.name) || source === undefined) continue;
    problems.add('flow:unreachable', `${flow.id}/${node.name}: nothing leads to this node`, {
      file: source.yaml.file,
      line: source.yaml.line(node.path),
      hint: 'Go to it from somewhere, or remove it.',
    });
  }
}

/** Depth-first over nodes that pass without a citizen's message; a way back to an open node is a loop without a wait. */
function checkLoops(graph: Graph): void {
  const state = new Map<string, 'open' | 'done'>();
  for (const flow of graph.flows.values()) for (const node of flow.nodes.values()) visit(flow, node, { graph, state });
}

interface Walk {
  graph: Graph;
  state: Map<string, 'open' | 'done'>;
}

function visit(flow: CompiledFlow, node: CompiledNode, walk: Walk): void {
  const key = `${flow.id}/${node.name}`;
  if (walk.state.has(key) || node.waits) return;
  walk.state.set(key, 'open');
  const targets: Target[] = node.runs === undefined ? node.exits : [...node.exits, { type: 'flow', flow: node.runs }];
  for (const target of targets) {
    const next = resolve(target, flow, walk.graph);
    if (next === undefined || (node.runs !== undefined && target.type === 'node' && waitsInside(node.runs, walk.graph))) continue;
    if (walk.state.get(`${next.flow.id}/${next.node.name}`) === 'open') reportLoop(flow, node, walk.graph);
    else visit(next.flow, next.node, walk);
  }
  walk.state.set(key, 'done');
}

function reportLoop(flow: CompiledFlow, node: CompiledNode, { raw, problems }: Graph): void {
  const source = raw.get(flow.id);
  problems.add('flow:loop', `${flow.id}/${node.name}: this goes in a circle that never waits for the citizen`, {
    file: source?.yaml.file ?? '',
    line: source?.yaml.line(source.nodes.find(({ name }) => name === node.name)?.path ?? []) ?? 1,
    hint: 'Ask something on the way, or end the flow.',
  });
}

function waitsInside(id: string, { flows }: Graph): boolean {
  return [...(flows.get(id)?.nodes.values() ?? [])].some((node) => node.waits);
}

function resolve(target: Target, flow: CompiledFlow, { flows }: Graph): { flow: CompiledFlow; node: CompiledNode } | undefined {
  const to = target.type === 'node' ? flow : flows.get(target.flow);
  const node = to?.nodes.get(target.type === 'node' ? target.node : to.first);
  return to === undefined || node === undefined ? undefined : { flow: to, node };
}
