import { z } from 'zod';

/** What pack.yaml says of reminders. */
export const reminderSettings = z.strictObject({
  /** Flows that a reminder may open; their inputs are those that the reminder was set with. */
  flows: z.array(z.string().min(1).max(60)).min(1).max(50),
  /** How many a citizen may have at a time. */
  most: z.number().int().min(1).max(50).default(10),
  /** How far ahead one may be, in days. */
  aheadDays: z.number().int().min(1).max(3_650).default(730),
});

export type ReminderSettings = z.output<typeof reminderSettings>;
