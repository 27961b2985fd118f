/** What nodes ask while they are typed and compiled: expressions, texts, targets. Every miss is a problem with its line. */
import { type ChannelCapabilities, HazirError, type Json, type OperationSignature } from '@hazir/core';
import { createExpressionScope, type Expression, type ExpressionScope } from '../expressions/expression.ts';
import { describeType, isNumeric, typeOfJson, type ValueType } from '../expressions/value-type.ts';
import { accepts } from '../nodes/accepts.ts';
import { MEDIA_TYPE, PLACE_TYPE } from '../nodes/ask/kinds.ts';
import type { CompileScope, ExpressionOptions, Target, TypeScope } from '../nodes/node-type.ts';
import type { LocalizedText } from '../texts/localized.ts';
import type { PlaceholderKind } from '../texts/placeholders.ts';
import type { TemplateDefinition } from './compiled.ts';
import type { RawFlow, RawNode } from './read-flow.ts';
import type { Path, Problems } from './source.ts';
import type { TextCatalogue } from './texts.ts';

/** Everything of a pack that nodes may refer to. */
export interface PackScope {
  flows: ReadonlyMap<string, RawFlow>;
  texts: TextCatalogue;
  templates: ReadonlyMap<string, TemplateDefinition>;
  operations: ReadonlyMap<string, OperationSignature>;
  channels: Readonly<Record<string, ChannelCapabilities>>;
  languages: readonly string[];
  hosts: readonly string[];
  settings: { [name: string]: Json };
  /** Types of what each flow saves. */
  values: Map<string, { [name: string]: ValueType }>;
  /** Types of what each flow ends with. */
  returns: Map<string, ValueType>;
  problems: Problems;
}

/** What a node read and saved, for the check that nothing is read before it is saved. */
export interface NodeUse {
  reads: Set<string>;
  saves: string[];
  /** Saved by the node itself before it reads them. */
  own: Set<string>;
}

/** Names that every expression can read. */
export const AMBIENT = ['contact', 'now', 'language', 'settings', 'input', 'voiceNotes', 'item'] as const;

const TEXT = 'string' as const;

/** The scope of a flow's expressions, from the types known so far. */
export function flowExpressions(pack: PackScope, flow: RawFlow): (item?: ValueType) => ExpressionScope {
  const variables: { [name: string]: ValueType } = {
    contact: { fields: { id: TEXT, language: TEXT, name: TEXT, phone: TEXT } },
    now: 'time',
    language: TEXT,
    settings: typeOfJson(pack.settings),
    input: { fields: { type: TEXT, text: TEXT, photo: MEDIA_TYPE, voice: MEDIA_TYPE, document: MEDIA_TYPE, place: PLACE_TYPE } },
    voiceNotes: { list: MEDIA_TYPE },
    ...flow.inputs,
    ...pack.values.get(flow.id),
  };
  const scopes = new Map<string, ExpressionScope>();
  return (item) => {
    const key = JSON.stringify(item ?? null);
    const cached = scopes.get(key);
    if (cached !== undefined) return cached;
    const created = createExpressionScope(item === undefined ? variables : { ...variables, item });
    scopes.set(key, created);
    return created;
  };
}

/** What a node can ask while types are inferred: mistakes are `any` here and reported later. */
export function typeScope(pack: PackScope, expressions: (item?: ValueType) => ExpressionScope): TypeScope {
  return {
    typeOf(source, item) {
      if (typeof source !== 'string') return typeOfConstant(source);
      try {
        return expressions(item).compile(source).type;
      } catch {
        return 'any';
      }
    },
    operation: (name) => pack.operations.get(name),
    returns: (flow) => pack.returns.get(flow) ?? 'any',
  };
}

export interface NodeScopeParts {
  pack: PackScope;
  flow: RawFlow;
  node: RawNode;
  expressions: (item?: ValueType) => ExpressionScope;
  use: NodeUse;
}

/** What a node can ask while it is compiled. */
export function nodeScope(parts: NodeScopeParts): CompileScope {
  const { pack, flow, node } = parts;
  const problem: CompileScope['problem'] = (code, message, { path = [], hint } = {}) => {
    const about = { file: flow.yaml.file, line: flow.yaml.line([...node.path, ...path]) };
    pack.problems.add(code, `${flow.id}/${node.name}: ${message}`, hint === undefined ? about : { ...about, hint });
  };
  const expression: CompileScope['expression'] = (source, options) => compileExpression(source, options, { ...parts, problem });
  return {
    ...typeScope(pack, parts.expressions),
    flow: flow.id,
    node: node.name,
    languages: pack.languages,
    channels: pack.channels,
    hosts: pack.hosts,
    problem,
    expression,
    expressions(sources, path, item) {
      return Object.entries(sources ?? {}).flatMap(([name, source]): [string, Expression][] => {
        const compiled = expression(source, { path: [path, name], ...(item === undefined ? {} : { item }) });
        return compiled === undefined ? [] : [[name, compiled]];
      });
    },
    text: (name, options) => pack.texts.get(`${flow.id}.${node.name}.${name}`, options),
    target: (name, path) => findTarget(name, path, { pack, flow, problem }),
    flowNamed(name, path) {
      const found = pack.flows.get(name);
      if (found === undefined)
        problem('flow:missing-flow', `There is no flow "${name}"`, { path, hint: nearest(name, [...pack.flows.keys()]) });
      return found;
    },
    flowTitle: (id) => pack.texts.get(`${id}.title`, { limit: ({ buttons }) => buttons.label }),
    template(name, path) {
      const found = pack.templates.get(name);
      if (found === undefined)
        problem('flow:missing-template', `There is no template "${name}"`, {
          path,
          hint: nearest(name, [...pack.templates.keys()]),
        });
      return found;
    },
    saved: (name) => parts.use.own.add(name),
    placeholders: (text, given) => placeholders(text, given, { expression, problem }),
  };
}

type Reporting = NodeScopeParts & { problem: CompileScope['problem'] };

function compileExpression(source: unknown, options: ExpressionOptions, parts: Reporting): Expression | undefined {
  if (typeof source !== 'string') return constant(source);
  try {
    const compiled = parts.expressions(options.item).compile(source);
    for (const name of compiled.names)
      if (!compiled.guarded.includes(name) && !parts.use.own.has(name)) parts.use.reads.add(name);
    if (options.expected !== undefined && !accepts(options.expected, compiled.type)) {
      parts.problem(
        'flow:expression-type',
        `\`${source}\` gives a ${describeType(compiled.type)}, but a ${describeType(options.expected)} is needed`,
        { path: options.path },
      );
    }
    return compiled;
  } catch (error) {
    if (!(error instanceof HazirError)) throw error;
    parts.problem(error.code, error.message, { path: options.path, ...(error.hint === undefined ? {} : { hint: error.hint }) });
    return undefined;
  }
}

function constant(source: unknown): Expression {
  const value: Json = typeof source === 'number' || typeof source === 'boolean' ? source : null;
  return { source: String(source), type: typeOfJson(value), names: [], guarded: [], evaluate: () => value };
}

function typeOfConstant(source: unknown): ValueType {
  return typeof source === 'number' || typeof source === 'boolean' ? typeOfJson(source) : 'null';
}

function findTarget(
  name: string,
  path: Path,
  { pack, flow, problem }: { pack: PackScope; flow: RawFlow; problem: CompileScope['problem'] },
): Target | undefined {
  if (flow.nodes.some((node) => node.name === name)) return { type: 'node', node: name };
  const other = pack.flows.get(name);
  if (other === undefined) {
    const known = [...flow.nodes.map((node) => node.name), ...pack.flows.keys()];
    problem('flow:missing-target', `There is no node "${name}" in this flow, and no flow of that name`, {
      path,
      hint: nearest(name, known),
    });
    return undefined;
  }
  if (Object.keys(other.inputs).length > 0) {
    problem('flow:needs-inputs', `The flow "${name}" needs values to begin`, { path, hint: `Use "run: ${name}" with "with:".` });
  }
  return { type: 'flow', flow: name };
}

interface PlaceholderScope {
  expression: CompileScope['expression'];
  problem: CompileScope['problem'];
}

function placeholders(
  text: LocalizedText | undefined,
  given: readonly [string, Expression][],
  { expression, problem }: PlaceholderScope,
): [string, Expression][] {
  const byName = new Map(given);
  return (text?.placeholders ?? []).flatMap((name): [string, Expression][] => {
    const value = byName.get(name) ?? expression(name, { path: [] });
    if (value === undefined) return [];
    const kind = [...(text?.byLanguage.values() ?? [])][0]?.placeholders.get(name) ?? 'text';
    if (!shows(kind, value.type)) {
      problem(
        'text:placeholder-type',
        `The text "${text?.key}" shows {${name}} as a ${kind}, but it is a ${describeType(value.type)}`,
        {
          path: ['with', name],
          hint: 'Give another value, or change the placeholder.',
        },
      );
    }
    return [[name, value]];
  });
}

function shows(kind: PlaceholderKind, type: ValueType): boolean {
  if (type === 'any' || type === 'null') return true;
  if (kind === 'number') return isNumeric(type);
  if (kind === 'time') return type === 'string' || type === 'time' || isNumeric(type);
  return typeof type === 'string' || 'list' in type;
}

/** A hint with the known name that comes closest. */
function nearest(name: string, known: readonly string[]): string {
  const start = name.slice(0, 3);
  const near = known.find((each) => each.startsWith(start) || each.includes(name) || name.includes(each));
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length === 0 ? 'There is none yet.' : `Known: ${known.slice(0, 12).join(', ')}.`;
}
