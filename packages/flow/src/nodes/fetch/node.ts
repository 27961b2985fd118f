import type { Json, JsonObject } from '@hazir/core';
import { z } from 'zod';
import { typeOfSchema, type ValueType } from '../../expressions/value-type.ts';
import { compileErrorPaths, errorFields } from '../error-paths.ts';
import { duration, expressionOrValue, go, milliseconds, nodeName, save, valueName } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode, type TypeScope } from '../node-type.ts';
import { compileUrl } from './url.ts';

const DEFAULT_TIMEOUT = '10s';
const LONGEST_TIMEOUT = 60_000;

const schema = z
  .strictObject({
    fetch: nodeName,
    url: z
      .string()
      .max(500)
      .describe('https address; {expression} in it is filled in and escaped. The host must be in pack.yaml.'),
    method: z.enum(['GET', 'POST']).optional().describe('GET when absent.'),
    headers: z.record(z.string(), z.string()).optional().describe('Headers, as they are. Never a secret: packs are public.'),
    body: z.record(valueName, expressionOrValue).optional().describe('JSON body of a POST, each value a CEL expression.'),
    returns: z.record(z.string(), z.json()).optional().describe('JSON Schema of the answer, so that expressions are checked.'),
    meanwhile: z
      .enum(['queue', 'interrupt', 'cancel'])
      .optional()
      .describe(
        'What becomes of a message that the citizen sends before the answer is there. queue (when absent): it waits for the answer. ' +
          'interrupt: an emergency, a command or a button works at once, other words are asked for patience. ' +
          'cancel: the flow ends and the message is taken as if nothing were open.',
      ),
    timeout: duration.optional().describe('10s when absent, 60s at most.'),
    save,
    ...errorFields,
    go,
  })
  .describe('Asks another system over HTTP. The answer comes as a later input; nothing is held open meanwhile.');

type Source = z.infer<typeof schema>;

/**
 * Asks another system. The conversation goes on when the answer is there; a message of the citizen meanwhile waits for it,
 * unless `meanwhile` says otherwise. Error codes: `fetch:timeout`, `fetch:unreachable`, `fetch:busy`,
 * `fetch:refused`, `fetch:status-<n>`, `fetch:not-json`.
 *
 * @example
 * ```yaml
 * - fetch: prices
 *   url: https://api.example.org/prices?crop={crop}
 *   returns: { type: object, properties: { rupees: { type: integer } }, required: [rupees] }
 *   save: prices
 *   error: sorry
 * - say: price
 *   with: { rupees: prices.rupees }
 *   go: end
 * - say: sorry
 * - end: end
 * ```
 */
export const fetchNode = defineNode({ verb: 'fetch', named: true, schema, saves, compile });

function saves(source: Source, _: TypeScope): { [name: string]: ValueType } {
  return source.save === undefined ? {} : { [source.save]: source.returns === undefined ? 'any' : typeOfSchema(source.returns) };
}

function compile(source: Source, scope: CompileScope): CompiledParts | undefined {
  const url = compileUrl(source.url, scope);
  const body = scope.expressions(source.body, 'body');
  const errors = compileErrorPaths(source, scope);
  const timeoutMs = Math.min(milliseconds(source.timeout ?? DEFAULT_TIMEOUT), LONGEST_TIMEOUT);
  const method = source.method ?? 'GET';
  const meanwhile = source.meanwhile === 'queue' ? undefined : source.meanwhile;
  if (source.body !== undefined && method === 'GET')
    scope.problem('flow:fetch-body', 'A GET has no body', { path: ['body'], hint: 'Write method: POST.' });
  if (url === undefined) return undefined;
  return {
    waits: false,
    exits: errors.targets,
    savesNothingTo: errors.savesNothingTo,
    run(turn) {
      const filled: JsonObject = turn.evaluateAll(body);
      const sent: { body?: Json } = method === 'POST' ? { body: filled } : {};
      const call = {
        id: turn.context.newId(),
        kind: 'http' as const,
        method,
        url: url(turn),
        headers: source.headers ?? {},
        timeoutMs,
      };
      return { type: 'call', call: { ...call, ...sent }, ...(meanwhile && { meanwhile }) };
    },
    answer(turn, result) {
      if (!result.ok) return errors.take(turn, result.error, `fetch ${source.fetch}`);
      turn.save(source.save, result.value);
      return { type: 'next' };
    },
  };
}
