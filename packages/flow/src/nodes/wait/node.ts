import { z } from 'zod';
import { duration, go, goesTo, milliseconds, nodeName } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode } from '../node-type.ts';

const schema = z
  .strictObject({
    wait: nodeName,
    for: duration.optional().describe('How long, for example 30m; until the citizen writes when absent.'),
    timeout: goesTo.optional().describe('What follows when the time is up; the next node when absent.'),
    input: goesTo.optional().describe('What follows when the citizen writes; the next node when absent.'),
    go,
  })
  .describe('Waits for a time, or until the citizen writes. What was written is `input.text`.');

/**
 * Waits for a time, or until the citizen writes, whichever comes first.
 *
 * @example
 * ```yaml
 * - say: think
 * - wait: pause
 *   for: 30m
 *   timeout: remind
 * - say: thanks
 *   go: end
 * - say: remind
 * - end: end
 * ```
 */
export const waitNode = defineNode({ verb: 'wait', named: true, schema, compile });

function compile(source: z.infer<typeof schema>, scope: CompileScope): CompiledParts {
  const timeout = source.timeout === undefined ? undefined : scope.target(source.timeout, ['timeout']);
  const input = source.input === undefined ? undefined : scope.target(source.input, ['input']);
  const length = source.for === undefined ? undefined : milliseconds(source.for);
  return {
    waits: true,
    rests: true,
    exits: [timeout, input].filter((target) => target !== undefined),
    run: (turn) => ({
      type: 'wait',
      waiting: { for: 'input', ...(length === undefined ? {} : { until: turn.context.now + length }) },
    }),
    receive: () => (input === undefined ? { type: 'next' } : { type: 'go', target: input }),
    timeout: () => (timeout === undefined ? { type: 'next' } : { type: 'go', target: timeout }),
  };
}
