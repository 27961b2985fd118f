/**
 * What the expression engine does not limit by itself: `matches` runs a backtracking regular expression (44 seconds
 * for a hostile one, measured), and each nested comprehension multiplies the work.
 */
import { HazirError } from '@hazir/core';
import type { ASTNode } from '@marcbachmann/cel-js';
import { MOST_COMPREHENSIONS } from '../limits.ts';

const comprehensions = new Set(['map', 'filter', 'all', 'exists', 'exists_one']);

/** Refuses dangerous expressions with `flow:expression-unsafe` and returns the names that the expression reads. */
export function guardExpression(ast: ASTNode): { names: string[]; guarded: string[] } {
  const found = { names: new Set<string>(), guarded: new Set<string>() };
  walk(ast, { bound: new Set(), depth: 0, found });
  return { names: [...found.names], guarded: [...found.guarded] };
}

interface Walk {
  /** Names of iteration variables. */
  bound: ReadonlySet<string>;
  /** Comprehensions around. */
  depth: number;
  found: { names: Set<string>; guarded: Set<string> };
}

function walk(value: unknown, state: Walk): void {
  if (Array.isArray(value)) for (const item of value) walk(item, state);
  else if (isNode(value)) walkNode(value, state);
}

function walkNode(node: ASTNode, state: Walk): void {
  if (node.op === 'id') {
    if (!state.bound.has(node.args)) state.found.names.add(node.args);
    return;
  }
  if (node.op === 'rcall') {
    walkMethod(node.args, state);
    return;
  }
  if (node.op === 'call' && node.args[0] === 'matches') refuseMatches();
  if (node.op === 'call' && node.args[0] === 'isSet') for (const each of node.args[1]) noteGuard(each, state);
  walk(node.args, state);
}

function walkMethod([method, receiver, args]: [string, ASTNode, ASTNode[]], state: Walk): void {
  if (method === 'matches') refuseMatches();
  walk(receiver, state);
  const variable = args[0];
  if (!comprehensions.has(method) || variable?.op !== 'id') {
    walk(args, state);
    return;
  }
  if (state.depth + 1 > MOST_COMPREHENSIONS) {
    throw new HazirError('flow:expression-unsafe', `Lists are nested more than ${MOST_COMPREHENSIONS} deep in one expression`, {
      hint: 'Compute part of it in a "set" before, or in a service.',
    });
  }
  walk(args.slice(1), { ...state, bound: new Set([...state.bound, variable.args]), depth: state.depth + 1 });
}

function noteGuard(node: ASTNode, state: Walk): void {
  let root = node;
  while (root.op === '.') root = root.args[0];
  if (root.op === 'id') state.found.guarded.add(root.args);
}

function refuseMatches(): never {
  throw new HazirError('flow:expression-unsafe', 'Regular expressions are not allowed in expressions', {
    hint: 'Use contains(), startsWith(), endsWith(), or the kind of an "ask" node.',
  });
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
