/**
 * What a node is. A folder in nodes/ exports one NodeType; the registry lists it in one line. Compiling checks a node
 * and returns closures, so that running it looks nothing up.
 */
import type {
  CallRequest,
  CallResult,
  ChannelCapabilities,
  ErrorCode,
  InboundContent,
  Json,
  OperationSignature,
} from '@hazir/core';
import type { z } from 'zod';
import type { Meanwhile, Waiting } from '../contract.ts';
import type { Expression } from '../expressions/expression.ts';
import type { ValueType } from '../expressions/value-type.ts';
import type { TemplateDefinition } from '../pack/compiled.ts';
import type { Turn } from '../step/turn.ts';
import type { LocalizedText } from '../texts/localized.ts';

/** Where a flow goes: a node of the same flow, or another flow from its start. */
export type Target = { type: 'node'; node: string } | { type: 'flow'; flow: string; values?: { [name: string]: Json } };

/** What a node decided. */
export type Outcome =
  | { type: 'next' }
  | { type: 'go'; target: Target }
  | { type: 'wait'; waiting: Waiting }
  | { type: 'call'; call: CallRequest; meanwhile?: Meanwhile }
  /** Enters a sub-flow; its result comes back through `finished`. */
  | { type: 'run'; flow: string; values: { [name: string]: Json } }
  | { type: 'end'; exit: string; value: Json }
  /** The input was not understood; `kind` is the class of the input, never its text. */
  | { type: 'miss'; kind: string };

/** What a node decided on a citizen's message: also a global command that it offered as an option. */
export type Received =
  | Outcome
  | { type: 'command'; command: string }
  /** Not for an interlude that asks: the question below may take it. */
  | { type: 'pass' };

/**
 * How a waiting node asks: for the first time, after a miss, or after several, when a way out is offered too; `exits`: as for the
 * first time, with a way out.
 */
export type AskMode = 'first' | 'retry' | 'stuck' | 'exits';

export interface CompiledNode {
  name: string;
  verb: string;
  next: Target | undefined;
  /** Everywhere that the node can lead to, `next` included. */
  exits: Target[];
  /** Nodes that it leads to without having saved its value, for example after an error. */
  savesNothingTo?: readonly string[];
  /** Sub-flow that it runs. */
  runs?: string;
  /** True when a citizen's message is needed to pass it. */
  waits: boolean;
  /** A menu or a card: nothing is lost when the citizen goes elsewhere from here. */
  rests?: boolean;
  /** A question that gives way to whatever else words mean. */
  yields?: boolean;
  /** Words that mean this flow are told anew there, although the flow is open already. */
  retold?: { flow: string; target: Target };
  /** It may take its answer out of what was written before: the kinds of "ask", and the form of a number. */
  listens?: { kinds: readonly string[]; form?: string | undefined };
  run: (turn: Turn) => Outcome;
  /** Asks again; only nodes that wait for input. */
  ask?: (turn: Turn, mode: AskMode) => void;
  /** True when the text is an option's label: it then wins over a command of the same words. */
  claims?: (turn: Turn, said: string) => boolean;
  /** Takes a citizen's message. */
  receive?: (turn: Turn, content: InboundContent) => Received;
  /** Takes words that name a place, which `receive` has refused. */
  takeName?: (turn: Turn, words: string) => Outcome;
  /** Takes the answer of its call. */
  answer?: (turn: Turn, result: CallResult) => Outcome;
  /** Takes what its sub-flow ended with. */
  finished?: (turn: Turn, value: Json) => Outcome;
  /** Its time is up. */
  timeout?: (turn: Turn) => Outcome;
  /** Options that open a flow wherever the citizen stands, so that a tap on an old message still works. */
  opens?: ReadonlyMap<string, string>;
}

export interface CompiledFlow {
  id: string;
  nodes: ReadonlyMap<string, CompiledNode>;
  first: string;
  inputs: { [name: string]: ValueType };
  title: LocalizedText | undefined;
  /** Its phrases open it from anywhere. */
  urgent?: true;
  /** Part of the platform: not a place to return to. */
  builtIn?: true;
}

/** What a node can ask while its saved values are typed. */
export interface TypeScope {
  /** Type of an expression; `any` while it is not known. `item` is the type of `item` in it. */
  typeOf: (source: unknown, item?: ValueType) => ValueType;
  operation: (name: string) => OperationSignature | undefined;
  returns: (flow: string) => ValueType;
}

/** What a node can ask while it is compiled. Everything that is missing is reported, with line and hint. */
export interface CompileScope extends TypeScope {
  flow: string;
  node: string;
  languages: readonly string[];
  channels: Readonly<Record<string, ChannelCapabilities>>;
  hosts: readonly string[];
  problem: (code: ErrorCode, message: string, about?: { path?: readonly (string | number)[]; hint?: string }) => void;
  /** Strings are CEL, anything else is itself. */
  expression: (source: unknown, options: ExpressionOptions) => Expression | undefined;
  /** `item` is the type of `item` in them. */
  expressions: (sources: { [name: string]: unknown } | undefined, path: string, item?: ValueType) => [string, Expression][];
  /** A text of this node, for example `text` or `options.roads.label`. */
  text: (name: string, options?: TextOptions) => LocalizedText | undefined;
  target: (name: string, path: readonly (string | number)[]) => Target | undefined;
  flowNamed: (name: string, path: readonly (string | number)[]) => { inputs: { [name: string]: ValueType } } | undefined;
  flowTitle: (flow: string) => LocalizedText | undefined;
  template: (name: string, path: readonly (string | number)[]) => TemplateDefinition | undefined;
  /** From here on the node may read the name itself: it has just saved it. */
  saved: (name: string) => void;
  /** Placeholders of a text as values: from `with`, or from the value of the same name. */
  placeholders: (text: LocalizedText | undefined, given: readonly [string, Expression][]) => readonly [string, Expression][];
}

export interface ExpressionOptions {
  path: readonly (string | number)[];
  /** Type of `item`. */
  item?: ValueType;
  /** What it must give. */
  expected?: ValueType;
}

export interface TextOptions {
  required?: boolean;
  /** Length that may not be exceeded in any channel. */
  limit?: (capabilities: ChannelCapabilities) => number;
}

/** A node type with its source type erased: what the registry holds. */
export interface NodeType {
  verb: string;
  /** True when the verb's value is the node's name, as in `say: welcome`. */
  named: boolean;
  schema: z.ZodType;
  /** Names and types that it saves. */
  saves: (source: unknown, scope: TypeScope) => { [name: string]: ValueType };
  compile: (source: unknown, scope: CompileScope) => CompiledParts | undefined;
}

/** What a node type's compile returns: the registry adds name, verb, `next` and its exit. */
export type CompiledParts = Omit<CompiledNode, 'name' | 'verb' | 'next' | 'exits'> & { exits?: Target[]; endsFlow?: boolean };

interface TypedNode<Schema extends z.ZodType> {
  verb: string;
  named: boolean;
  schema: Schema;
  saves?: (source: z.infer<Schema>, scope: TypeScope) => { [name: string]: ValueType };
  compile: (source: z.infer<Schema>, scope: CompileScope) => CompiledParts | undefined;
}

/** Erases a node's source type: from here on its schema stands between the author's file and its code. */
export function defineNode<Schema extends z.ZodType>(node: TypedNode<Schema>): NodeType {
  const read = (source: unknown): z.infer<Schema> | undefined => node.schema.safeParse(source).data;
  return {
    verb: node.verb,
    named: node.named,
    schema: node.schema,
    saves(source, scope) {
      const parsed = read(source);
      return parsed === undefined ? {} : (node.saves?.(parsed, scope) ?? {});
    },
    compile(source, scope) {
      const parsed = read(source);
      return parsed === undefined ? undefined : node.compile(parsed, scope);
    },
  };
}
