/** What flows may ask of the decision tables: how urgent it is, why, and what to do until help comes. */
import type { Operation } from '@hazir/store';
import { z } from 'zod';
import { type Localized, textIn } from '../data/localized.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import { assess, type DecisionTable, URGENCIES } from './assess.ts';

const MOST_TOLD = 50;

/** The operation over a pack's tables. */
export function triageOperations(tables: ReadonlyMap<string, DecisionTable>, defaultLanguage: string): Operation[] {
  return [
    defineOperation({
      name: 'triage.assess',
      summary:
        'How urgent it is by a decision table of the pack: the most urgent row decides. "unsure" stands for whatever could be.',
      input: z.object({
        table: z
          .string()
          .refine((id) => tables.has(id), { error: 'no such table' })
          .describe(`One of: ${[...tables.keys()].join(', ')}.`),
        signs: z.array(z.string().max(60)).max(MOST_TOLD),
      }),
      output: z.object({
        urgency: z.enum(URGENCIES),
        reasons: z.array(z.string()).describe('The rows that say so.'),
        names: z.array(z.string()).describe('What these rows are called.'),
        advice: z.array(z.string()).describe('What to do, each once.'),
        table: z.string(),
        version: z.string(),
        source: z.string(),
        asOf: z.string(),
      }),
      badInput: 'triage:bad-input',
      run: async ({ table: id, signs }, { subject }) => {
        const table = tables.get(id);
        const found = table && assess(table, signs);
        if (found === undefined) return failed('triage:unknown-sign', 'The table does not know a sign.');
        const translate = (text: Localized) => textIn(text, subject.language, defaultLanguage);
        return done({
          urgency: found.urgency,
          reasons: found.rows.map((row) => row.id),
          names: found.rows.map((row) => translate(row.name)),
          advice: [...new Set(found.rows.map((row) => translate(row.advice)))],
          table: id,
          version: table?.version ?? '',
          source: table?.source ?? '',
          asOf: table?.asOf ?? '',
        });
      },
    }),
  ];
}
