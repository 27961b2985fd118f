import { z } from 'zod';

/** What pack.yaml says of a department that runs an Open311 server of its own. */
export const forwardSettings = z.strictObject({
  /** Host as HAZIR_SYSTEMS names it. */
  system: z.string().regex(/^[a-z0-9.-]{1,200}(:\d+)?$/, { error: 'must be a host, without https://' }),
  /** The department's jurisdiction_id, where its server has several. */
  jurisdiction: z.string().min(1).max(200).optional(),
  /** The department's service codes by our categories. */
  services: z.record(z.string().max(40), z.string().min(1).max(100)),
  /** Where its updates are read: the list of updates, or the requests themselves, which every server has. */
  updates: z.enum(['servicerequestupdates', 'requests']).default('requests'),
  everyMinutes: z.number().int().min(1).max(1_440).default(10),
});

export type Forward = z.output<typeof forwardSettings>;
