import { z } from 'zod';
import { handoffText } from '../../step/handoff-text.ts';
import { go, nodeName, withValues } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode } from '../node-type.ts';

const schema = z
  .strictObject({
    handoff: nodeName,
    topic: z.string().max(60).optional().describe('Topic of the ticket; the name of the node when absent.'),
    summary: z.string().optional().describe('CEL: one line for the officer.'),
    with: withValues,
    go,
  })
  .describe('Hands the conversation to a person: opens a ticket and tells the citizen.');

type Source = z.infer<typeof schema>;

/**
 * Hands the conversation to a person. The citizen reads the node's own text, or the platform's with the helpline.
 *
 * @example
 * ```yaml
 * - handoff: nurse
 *   topic: maternity
 *   summary: '"asked for a nurse"'
 * ```
 */
export const handoffNode = defineNode({ verb: 'handoff', named: true, schema, compile });

function compile(source: Source, scope: CompileScope): CompiledParts {
  const given = scope.expressions(source.with, 'with');
  const text = scope.text('text', { limit: (capabilities) => capabilities.text });
  const placeholders = scope.placeholders(text, given);
  const summary =
    source.summary === undefined ? undefined : scope.expression(source.summary, { path: ['summary'], expected: 'string' });
  return {
    waits: false,
    run(turn) {
      const line = summary === undefined ? '' : String(turn.evaluate(summary) ?? '');
      const { voiceNotes } = turn.session;
      const values = { ...turn.evaluateAll(given), ...(voiceNotes && { voiceNotes }) };
      turn.emit({ type: 'ticket_opened', topic: source.topic ?? source.handoff, summary: line, values });
      turn.post({ type: 'text', text: text === undefined ? handoffText(turn) : turn.text(text, turn.evaluateAll(placeholders)) });
      return { type: 'next' };
    },
  };
}
