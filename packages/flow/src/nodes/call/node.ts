import { isJsonObject, type JsonObject, type JsonSchema, listProperty, type OperationSignature, property } from '@hazir/core';
import { z } from 'zod';
import type { Expression } from '../../expressions/expression.ts';
import { describeType, typeOfSchema, type ValueType } from '../../expressions/value-type.ts';
import { accepts } from '../accepts.ts';
import { compileErrorPaths, errorFields } from '../error-paths.ts';
import { go, optionalName, save, withValues } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode, type TypeScope } from '../node-type.ts';

const schema = z
  .strictObject({
    call: z.string().describe('Operation of a citizen service, for example directory.areasAt.'),
    name: optionalName,
    with: withValues,
    save,
    ...errorFields,
    go,
  })
  .describe('Calls a citizen service of ours, in the same transaction. Input and output are checked when the pack is loaded.');

type Source = z.infer<typeof schema>;

/**
 * Calls a citizen service. It is answered within the same transaction; the flow goes on with the answer or by the
 * error's code.
 *
 * @example
 * ```yaml
 * - call: directory.areasAt
 *   with: { place: '"400028"' }
 *   save: areas
 *   errors: { 'directory:unknown-place': outside }
 * - say: found
 *   with: { count: size(areas) }
 *   go: end
 * - say: outside
 * - end: end
 * ```
 */
export const callNode = defineNode({ verb: 'call', named: false, schema, saves, compile });

function saves(source: Source, scope: TypeScope): { [name: string]: ValueType } {
  const operation = scope.operation(source.call);
  return source.save === undefined ? {} : { [source.save]: operation === undefined ? 'any' : typeOfSchema(operation.output) };
}

function compile(source: Source, scope: CompileScope): CompiledParts | undefined {
  const operation = scope.operation(source.call);
  const values = scope.expressions(source.with, 'with');
  const errors = compileErrorPaths(source, scope);
  if (operation === undefined) {
    scope.problem('flow:missing-operation', `No service offers the operation "${source.call}"`, {
      path: ['call'],
      hint: 'Name the service under "services" in pack.yaml, and check the spelling.',
    });
    return undefined;
  }
  checkInput(operation, values, scope);
  // Voice messages that nobody understood go with what is sent first, and with nothing after it.
  const takesNotes = Object.values(source.with ?? {}).some((each) => typeof each === 'string' && /\bvoiceNotes\b/.test(each));
  return {
    waits: false,
    exits: errors.targets,
    savesNothingTo: errors.savesNothingTo,
    run(turn) {
      const input: JsonObject = {};
      for (const [name, value] of Object.entries(turn.evaluateAll(values))) if (value !== null) input[name] = value;
      return { type: 'call', call: { id: turn.context.newId(), kind: 'service', operation: operation.name, input } };
    },
    answer(turn, result) {
      if (!result.ok) return errors.take(turn, result.error, operation.name);
      turn.save(source.save, result.value);
      if (takesNotes) delete turn.session.voiceNotes;
      return { type: 'next' };
    },
  };
}

function checkInput(operation: OperationSignature, values: readonly [string, Expression][], scope: CompileScope): void {
  const properties = property(operation.input, 'properties');
  if (!isJsonObject(properties)) return;
  const known: JsonSchema = properties;
  for (const [name, { type }] of values) {
    const declared = known[name];
    if (!isJsonObject(declared)) {
      scope.problem('flow:operation-input', `"${operation.name}" takes no "${name}"`, {
        path: ['with', name],
        hint: `It takes: ${Object.keys(known).join(', ')}.`,
      });
      continue;
    }
    const expected = typeOfSchema({ ...operation.input, ...declared });
    if (accepts(expected, type)) continue;
    scope.problem(
      'flow:operation-input',
      `"${name}" is a ${describeType(type)}, but "${operation.name}" takes a ${describeType(expected)}`,
      { path: ['with', name] },
    );
  }
  const given = new Set(values.map(([name]) => name));
  const missing = listProperty(operation.input, 'required').filter((name) => typeof name === 'string' && !given.has(name));
  if (missing.length > 0)
    scope.problem('flow:operation-input', `"${operation.name}" needs ${missing.join(', ')}`, {
      path: ['with'],
      hint: 'Give it under "with".',
    });
}
