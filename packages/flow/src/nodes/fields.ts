/** Fields that several node types share, described once for the published JSON Schema and for the builder's forms. */
import { z } from 'zod';

const NAME = /^[a-z][a-z0-9-]*$/;
const VALUE_NAME = /^[a-z][A-Za-z0-9_]*$/;

export const nodeName = z
  .string()
  .regex(NAME, 'must be lower-case letters, digits and hyphens')
  .max(40)
  .describe('Name of the node; its texts stand under it in texts/<language>.yaml.');

export const optionalName = nodeName.optional().describe('Name of the node, where others go to it.');

export const goesTo = z.string().max(80).describe('Node of this flow, or another flow, that follows.');

export const go = goesTo.optional().describe('What follows; the next node when absent.');

export const valueName = z
  .string()
  .regex(VALUE_NAME, 'must begin with a lower-case letter, then letters and digits')
  .max(40)
  .describe('Name under which the value is kept.');

export const save = valueName.optional();

export const yields = z
  .literal(true)
  .optional()
  .describe('Other words that mean something open it at once, unasked: nothing is lost by leaving this question.');

export const retold = z
  .strictObject({
    flow: z.string().max(40).describe('The flow that the words mean.'),
    go: goesTo.describe('Node that takes the new words from `input.text`.'),
  })
  .optional()
  .describe('Words that are no option but mean this flow tell the matter anew: what was told for it before is replaced.');

/** A CEL expression, or a value as it is. */
export const expressionOrValue = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .describe('A CEL expression; numbers and booleans are themselves.');

export const withValues = z
  .record(valueName, expressionOrValue)
  .optional()
  .describe('Values by name, each a CEL expression. A placeholder that is not listed is the saved value of its name.');

const DURATION = /^(\d+)(s|m|h|d)$/;
const UNIT: { [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as 30s, 10m, 24h or 3d. */
export const duration = z.string().regex(DURATION, 'must be a number with s, m, h or d, for example 24h').max(8);

/** Milliseconds of a duration such as 30s, 10m, 24h or 3d. */
export function milliseconds(text: string): number {
  const match = DURATION.exec(text);
  return Number(match?.[1] ?? 0) * (UNIT[match?.[2] ?? 's'] ?? 1000);
}
