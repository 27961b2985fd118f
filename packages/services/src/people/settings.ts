import { z } from 'zod';

/** What pack.yaml says of people. */
export const peopleSettings = z.strictObject({
  /** People of one contact. */
  most: z.number().int().min(1).max(20).default(4),
  /** Codes of the identity documents that are taken; their names are texts of the flow. */
  idTypes: z
    .array(z.string().regex(/^[a-z][a-z-]{0,39}$/, { error: 'must be of lower-case letters and dashes' }))
    .min(1)
    .max(10)
    .default(['aadhaar', 'voter-id', 'pan', 'passport', 'driving-licence', 'ration-card']),
});

export type PeopleSettings = z.output<typeof peopleSettings>;
