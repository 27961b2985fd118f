import { z } from 'zod';

/** What pack.yaml says of Open311. */
export const open311Settings = z.strictObject({
  /** Another name for the jurisdiction than the organization's short name: the host of the city's website, as is usual. */
  jurisdiction: z.string().min(1).max(200).optional(),
  /** For people: whom to ask about the interface. */
  contact: z.string().min(1).max(500),
  /** For people: how to come by a key. */
  keyService: z.string().min(1).max(500),
  /** Categories whose requests are answered with a token, for which the reference is asked later. */
  batch: z.array(z.string().max(40)).max(200).default([]),
});

export type Open311Settings = z.output<typeof open311Settings>;
