import { z } from 'zod';
import type { Expression } from '../../expressions/expression.ts';
import type { ValueType } from '../../expressions/value-type.ts';
import { expressionOrValue, go, optionalName, valueName } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode, type TypeScope } from '../node-type.ts';

const CONTACT_NAME = 'contact.name';

const schema = z
  .strictObject({
    set: z
      .record(z.union([valueName, z.literal(CONTACT_NAME)]), expressionOrValue)
      .describe('Values to keep, each a CEL expression, in order. `contact.name` changes how the citizen is called.'),
    name: optionalName,
    go,
  })
  .describe('Keeps values.');

type Source = z.infer<typeof schema>;

/**
 * Keeps values. Each may use those above it.
 *
 * @example
 * ```yaml
 * - set: { rate: 2369, quintals: 12 }
 * - set: { total: rate * quintals }
 * - say: total
 *   with: { total: total }
 * ```
 */
export const setNode = defineNode({ verb: 'set', named: false, schema, saves, compile });

function saves(source: Source, scope: TypeScope): { [name: string]: ValueType } {
  const entries = Object.entries(source.set).filter(([name]) => name !== CONTACT_NAME);
  return Object.fromEntries(entries.map(([name, value]) => [name, scope.typeOf(value)]));
}

function compile(source: Source, scope: CompileScope): CompiledParts {
  const values = Object.entries(source.set).flatMap(([name, value]): [string, Expression][] => {
    const expression = scope.expression(value, { path: ['set', name] });
    scope.saved(name);
    return expression === undefined ? [] : [[name, expression]];
  });
  return {
    waits: false,
    run(turn) {
      for (const [name, expression] of values) {
        const value = turn.evaluate(expression);
        if (name !== CONTACT_NAME) turn.save(name, value);
        else if (typeof value === 'string' && value !== '') turn.rename(value);
      }
      return { type: 'next' };
    },
  };
}
