import { z } from 'zod';

/** What pack.yaml says of triage. */
export const triageSettings = z.strictObject({
  /** Files of the pack, a decision table in each. */
  tables: z.array(z.string().min(1).max(200)).min(1).max(20),
});
