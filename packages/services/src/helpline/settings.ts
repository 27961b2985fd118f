import { z } from 'zod';

/** What pack.yaml says of the helpline. */
export const helplineSettings = z.strictObject({
  /** Desks with their topics. */
  desks: z.string().min(1).max(200),
  /** Hours and holidays of desks; without it only "always" is known. */
  calendars: z.string().min(1).max(200).optional(),
  /** Answers that are written often. */
  replies: z.string().min(1).max(200).optional(),
  /** So long a ticket is offered to one officer, before the next one. */
  offerSeconds: z.number().int().min(10).max(3_600).default(60),
  /** Whoever said that they did not get help may have the same ticket opened again for so many days. */
  reopenDays: z.number().int().min(0).max(90).default(7),
});
