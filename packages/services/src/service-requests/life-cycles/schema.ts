/** How life cycles are written in YAML. */
import { z } from 'zod';
import { AUDIENCES, MOVERS, STATE_KINDS } from './life-cycle.ts';

const code = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, { error: 'must be of lower-case letters, digits, dashes and underscores' });
const text = z.record(z.string(), z.string().trim().min(1).max(120));
const hours = z.number().positive().max(8_760);

export const stateSchema = z.strictObject({
  code,
  kind: z.enum(STATE_KINDS),
  name: text,
  remind: z.strictObject({ afterHours: hours, most: z.number().int().min(1).max(10) }).optional(),
  lapse: z.strictObject({ afterHours: hours, move: code }).optional(),
});

export const moveSchema = z.strictObject({
  code,
  name: text,
  told: text,
  from: z.array(code).min(1),
  to: code,
  by: z.array(z.enum(MOVERS)).min(1),
  requires: z.array(z.enum(['note', 'reason'])).default([]),
  reasons: z.array(z.strictObject({ code, name: text })).default([]),
  photo: z.strictObject({ metres: z.number().positive().max(10_000), hours }).optional(),
  withinHours: hours.optional(),
  does: z.enum(['transfer', 'merge']).optional(),
  tells: z.array(z.enum(AUDIENCES)).default([]),
});

export const lifeCycleSchema = z.strictObject({
  code,
  states: z.array(stateSchema).min(2),
  moves: z.array(moveSchema).min(1),
});

export type LifeCycleSource = z.output<typeof lifeCycleSchema>;

/** What is written before `extends` is followed: states and moves of which only what differs is named. */
export const writtenSchema = z
  .strictObject({
    lifeCycles: z
      .array(
        z.strictObject({
          code,
          extends: code.optional(),
          states: z.array(z.looseObject({ code })).default([]),
          moves: z.array(z.looseObject({ code })).default([]),
        }),
      )
      .min(1),
  })
  .describe('Life cycles.');

export type WrittenLifeCycle = z.output<typeof writtenSchema>['lifeCycles'][number];
