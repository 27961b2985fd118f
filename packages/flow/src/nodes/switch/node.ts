import { z } from 'zod';
import { goesTo, optionalName } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode, type Target } from '../node-type.ts';

const schema = z
  .strictObject({
    switch: z
      .array(
        z.union([
          z.strictObject({ when: z.string().describe('CEL: this way when it holds.'), go: goesTo }),
          z.strictObject({ else: goesTo.describe('This way when nothing above holds.') }),
        ]),
      )
      .min(1)
      .describe('Ways, the first that holds is taken.'),
    name: optionalName,
  })
  .describe('Goes one of several ways. When none holds, the next node follows.');

type Source = z.infer<typeof schema>;

/**
 * Goes one of several ways: the first whose condition holds, then `else`, then the next node.
 *
 * @example
 * ```yaml
 * - ask: age
 *   kind: number
 *   save: age
 * - switch:
 *     - when: age < 18
 *       go: minor
 *     - else: adult
 * - say: minor
 *   go: end
 * - say: adult
 * - end: end
 * ```
 */
export const switchNode = defineNode({ verb: 'switch', named: false, schema, compile });

function compile(source: Source, scope: CompileScope): CompiledParts {
  const ways = source.switch.map((way, index) => {
    if ('else' in way) return { condition: undefined, target: scope.target(way.else, ['switch', index, 'else']) };
    const condition = scope.expression(way.when, { path: ['switch', index, 'when'], expected: 'bool' });
    return { condition, target: scope.target(way.go, ['switch', index, 'go']) };
  });
  const last = source.switch.findIndex((way) => 'else' in way);
  if (last >= 0 && last < source.switch.length - 1) {
    scope.problem('flow:else-last', 'Nothing after "else" is ever reached', {
      path: ['switch', last],
      hint: 'Put else at the end.',
    });
  }
  const targets = ways.map(({ target }) => target).filter((target): target is Target => target !== undefined);
  return {
    waits: false,
    exits: targets,
    endsFlow: last >= 0,
    run(turn) {
      for (const { condition, target } of ways) {
        const holds = condition === undefined || turn.evaluate(condition) === true;
        if (holds && target !== undefined) return { type: 'go', target };
      }
      return { type: 'next' };
    },
  };
}
