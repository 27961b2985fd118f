import { z } from 'zod';
import { expressionOrValue, nodeName } from '../fields.ts';
import { defineNode } from '../node-type.ts';

/**
 * Ends the flow. A sub-flow hands its value to the node that ran it; a flow that nobody ran leaves the conversation at
 * rest.
 *
 * @example
 * ```yaml
 * - end: found
 *   value: areas[0]
 * ```
 */
export const endNode = defineNode({
  verb: 'end',
  named: true,
  schema: z
    .strictObject({
      end: nodeName.describe('Name of the exit, counted in reports.'),
      value: expressionOrValue.optional().describe('What the flow gives back to the node that ran it.'),
    })
    .describe('Ends the flow.'),
  compile(source, scope) {
    const value = source.value === undefined ? undefined : scope.expression(source.value, { path: ['value'] });
    return {
      waits: false,
      endsFlow: true,
      run: (turn) => ({ type: 'end', exit: source.end, value: value === undefined ? null : turn.evaluate(value) }),
    };
  },
});
