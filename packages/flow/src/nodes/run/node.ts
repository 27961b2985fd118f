import { z } from 'zod';
import type { ValueType } from '../../expressions/value-type.ts';
import { checkInputs } from '../check-inputs.ts';
import { go, optionalName, save, withValues } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode, type TypeScope } from '../node-type.ts';

const schema = z
  .strictObject({
    run: z.string().describe('Flow to run inside this one.'),
    name: optionalName,
    with: withValues,
    save,
    go,
  })
  .describe('Runs another flow and comes back with what it ended with.');

type Source = z.infer<typeof schema>;

/**
 * Runs another flow inside this one. It sees only what `with` gives it, and gives back the value of the `end` it reached.
 *
 * @example
 * ```yaml
 * - run: find-ward
 *   with: { pin: '"400028"' }
 *   save: ward
 * - say: found
 *   with: { ward: ward }
 * ```
 */
export const runNode = defineNode({ verb: 'run', named: false, schema, saves, compile });

function saves(source: Source, scope: TypeScope): { [name: string]: ValueType } {
  return source.save === undefined ? {} : { [source.save]: scope.returns(source.run) };
}

function compile(source: Source, scope: CompileScope): CompiledParts | undefined {
  const flow = scope.flowNamed(source.run, ['run']);
  const values = scope.expressions(source.with, 'with');
  if (flow === undefined) return undefined;
  checkInputs(scope, { flow: source.run, inputs: flow.inputs, values, path: ['with'] });
  return {
    waits: false,
    runs: source.run,
    run: (turn) => ({ type: 'run', flow: source.run, values: turn.evaluateAll(values) }),
    finished(turn, value) {
      turn.save(source.save, value);
      return { type: 'next' };
    },
  };
}
