/**
 * CEL expressions, compiled once per pack version. Each flow has one environment with the types of everything it can
 * read; evaluating converts only the names that the expression uses.
 */
import { type ErrorCode, HazirError, type Json } from '@hazir/core';
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { MOST_EXPRESSION_DEPTH, MOST_EXPRESSION_LENGTH, MOST_EXPRESSION_NODES } from '../limits.ts';
import { guardExpression } from './guard.ts';
import { type CelValue, fromCel, newRecordType, type RecordTypes, toCel } from './records.ts';
import type { ValueType } from './value-type.ts';

/** Finds a value by name; undefined when it is not set. */
export type Lookup = (name: string) => Json | undefined;

export interface Expression {
  source: string;
  type: ValueType;
  /** Names that it reads. */
  names: readonly string[];
  /** Names inside isSet(...): reading them unset is no mistake. */
  guarded: readonly string[];
  /** Throws HazirError `flow:expression-failed`, without any value in the message. */
  evaluate: (lookup: Lookup) => Json;
}

export interface ExpressionScope {
  /** Throws HazirError `flow:expression...` when the text does not parse, check or pass the guard. */
  compile: (source: string) => Expression;
}

const base = new Environment({
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: MOST_EXPRESSION_NODES, maxDepth: MOST_EXPRESSION_DEPTH, maxListElements: 100, maxMapEntries: 100 },
}).registerFunction('isSet(ast): bool', isSetMacro);
// A first clone freezes the base, so that every scope is a cheap copy of it.
base.clone();

/** Makes a scope in which the given names can be read. Throws HazirError `flow:name-reserved` for a name that CEL keeps. */
export function createExpressionScope(variables: { [name: string]: ValueType }): ExpressionScope {
  const environment = base.clone();
  const records: RecordTypes = new Map();
  for (const [name, type] of Object.entries(variables)) {
    const celType = celTypeOf(type, environment, records);
    try {
      environment.registerVariable(name, celType);
    } catch {
      throw new HazirError('flow:name-reserved', `The name "${name}" cannot be used for a value`, {
        hint: 'Choose another name.',
      });
    }
  }
  return { compile: (source) => compileExpression(source, { environment, records, variables }) };
}

interface Scope {
  environment: Environment;
  records: RecordTypes;
  variables: { [name: string]: ValueType };
}

function compileExpression(source: string, scope: Scope): Expression {
  if (source.length > MOST_EXPRESSION_LENGTH)
    throw failure('flow:expression-long', `The expression is longer than ${MOST_EXPRESSION_LENGTH}`);
  const program = parse(source, scope.environment);
  const { names, guarded } = guardExpression(program.ast);
  const checked = program.check();
  if (!checked.valid) throw failure('flow:expression-type', describe(checked.error, scope));
  const used = names.filter((name) => Object.hasOwn(scope.variables, name));
  const evaluate = (lookup: Lookup): Json => {
    const values: { [name: string]: CelValue } = {};
    for (const name of used) {
      const value = toCel(lookup(name), scope.variables[name] ?? 'any', scope.records);
      if (value !== undefined) values[name] = value;
    }
    try {
      const result: CelValue = program(values);
      return fromCel(result);
    } catch (error) {
      throw failure('flow:expression-failed', `The expression \`${source}\` failed: ${errorCode(error)}`);
    }
  };
  return { source, type: typeOfCel(checked.type ?? 'dyn', scope.records), names: used, guarded, evaluate };
}

function parse(source: string, environment: Environment): ReturnType<Environment['parse']> {
  try {
    return environment.parse(source);
  } catch (error) {
    throw failure('flow:expression-syntax', `The expression \`${source}\` cannot be read: ${summary(error)}`);
  }
}

function describe(error: unknown, scope: Scope): string {
  let text = summary(error);
  for (const { name } of scope.records.values()) text = text.replaceAll(name, 'record');
  const known = Object.keys(scope.variables).join(', ');
  return text.startsWith('Unknown variable') ? `${text}. Known here: ${known}` : text;
}

function failure(code: ErrorCode, message: string): HazirError {
  return new HazirError(code, message);
}

/** The engine's messages quote the source, its summaries are one line. */
function summary(error: unknown): string {
  if (error instanceof Error && 'summary' in error && typeof error.summary === 'string') return error.summary;
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown';
}

/** A stable code instead of the engine's text, which may hold a citizen's words. */
function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

function celTypeOf(type: ValueType, environment: Environment, records: RecordTypes): string {
  if (type === 'any' || type === 'null') return 'dyn';
  if (type === 'time') return 'google.protobuf.Timestamp';
  if (typeof type === 'string') return type;
  if ('list' in type) return `list<${celTypeOf(type.list, environment, records)}>`;
  if ('map' in type) return `map<string, ${celTypeOf(type.map, environment, records)}>`;
  const key = JSON.stringify(type);
  const known = records.get(key);
  if (known !== undefined) return known.name;
  const fields = Object.entries(type.fields).map(([name, field]) => [name, celTypeOf(field, environment, records)]);
  const created = newRecordType(`Record${records.size + 1}`);
  records.set(key, created);
  environment.registerType(created.name, { ctor: created.ctor, fields: Object.fromEntries(fields) });
  return created.name;
}

const plainTypes: { [name: string]: ValueType } = {
  string: 'string',
  int: 'int',
  double: 'double',
  bool: 'bool',
  null: 'null',
  'google.protobuf.Timestamp': 'time',
  'google.protobuf.Duration': 'double',
  list: { list: 'any' },
  map: { map: 'any' },
};

function typeOfCel(name: string, records: RecordTypes): ValueType {
  const plain = plainTypes[name];
  if (plain !== undefined) return plain;
  for (const [key, record] of records) if (record.name === name) return parseRecordKey(key);
  if (name.startsWith('list<')) return { list: typeOfCel(name.slice(5, -1), records) };
  if (name.startsWith('map<string, ')) return { map: typeOfCel(name.slice(12, -1), records) };
  return 'any';
}

const recordKeys = new Map<string, ValueType>();

function parseRecordKey(key: string): ValueType {
  const cached = recordKeys.get(key);
  if (cached !== undefined) return cached;
  const parsed: ValueType = JSON.parse(key);
  recordKeys.set(key, parsed);
  return parsed;
}

declare global {
  interface ErrorConstructor {
    stackTraceLimit: number;
  }
}

interface MacroCall {
  args: ASTNode[];
}

/** `isSet(ward)`, `isSet(ward.office.phone)`: true when reading it gives a value. */
function isSetMacro({ args }: MacroCall) {
  return {
    argument: args[0],
    typeCheck(
      checker: { check: (node: unknown, context: unknown) => unknown; getType: (name: string) => unknown },
      macro: { argument: unknown },
      context: unknown,
    ) {
      checker.check(macro.argument, context);
      return checker.getType('bool');
    },
    evaluate(evaluator: { run: (node: unknown, context: unknown) => unknown }, macro: { argument: unknown }, context: unknown) {
      // What is not set is told by an exception, whose stack nobody reads: collecting it would be the larger part of a turn's cost.
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0;
      try {
        return (evaluator.run(macro.argument, context) ?? null) !== null;
      } catch {
        return false;
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
    },
  };
}
