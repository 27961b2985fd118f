import { textProperty } from '@hazir/core';
import { z } from 'zod';
import type { ValueType } from '../../expressions/value-type.ts';
import { go, nodeName, valueName } from '../fields.ts';
import { type CompiledParts, type CompileScope, defineNode } from '../node-type.ts';

const schema = z
  .strictObject({
    rephrase: nodeName,
    question: z.string().describe('CEL: what the citizen asked.'),
    text: z.string().describe("CEL: the approved words, in the citizen's language."),
    save: valueName,
    go,
  })
  .describe('Says approved words in answer to a question, by a language model where the organization allows one.');

type Source = z.infer<typeof schema>;

/**
 * Says an approved text so that it answers a question. Where no language model is allowed, and whenever one is slow, fails or writes
 * anything that the text does not say, the text itself is kept.
 *
 * @example
 * ```yaml
 * - rephrase: told
 *   question: '"When is the office open?"'
 *   text: '"The office is open from 10 to 5."'
 *   save: told
 * - say: answer
 *   with: { told: told }
 * ```
 */
export const rephraseNode = defineNode({ verb: 'rephrase', named: true, schema, saves, compile });

function saves(source: Source): { [name: string]: ValueType } {
  return { [source.save]: 'string' };
}

function compile(source: Source, scope: CompileScope): CompiledParts | undefined {
  const question = scope.expression(source.question, { path: ['question'], expected: 'string' });
  const text = scope.expression(source.text, { path: ['text'], expected: 'string' });
  if (question === undefined || text === undefined) return undefined;
  return {
    waits: false,
    run(turn) {
      const said = String(turn.evaluate(question) ?? '').trim();
      const approved = String(turn.evaluate(text) ?? '');
      turn.save(source.save, approved);
      if (turn.context.providers?.rephrase !== true || said === '' || approved === '') return { type: 'next' };
      const about = { question: said, text: approved, language: turn.language() };
      return {
        type: 'call',
        call: { id: turn.context.newId(), kind: 'rephrase', ...about },
        meanwhile: 'interrupt',
      };
    },
    answer(turn, result) {
      const told = result.ok ? textProperty(result.value, 'text') : undefined;
      if (told !== undefined && told !== '') turn.save(source.save, told);
      return { type: 'next' };
    },
  };
}
