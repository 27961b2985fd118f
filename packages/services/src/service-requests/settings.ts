import { z } from 'zod';

/** What pack.yaml says of service requests. */
export const serviceRequestSettings = z.strictObject({
  /** YAML: the tree of categories. */
  categories: z.string().min(1).max(200),
  reference: z
    .strictObject({
      prefix: z.string().regex(/^[A-Z]{2,5}$/, { error: 'must be two to five capital letters' }),
      digits: z.number().int().min(6).max(12),
    })
    .describe('With the check digit; seven digits are enough for some 100,000 requests, eight for a million.'),
  /** Hours after closing within which the citizen may reopen; the last moment counts. */
  reopenHours: z.number().min(0).max(8_760).default(72),
});

export type ServiceRequestSettings = z.output<typeof serviceRequestSettings>;
