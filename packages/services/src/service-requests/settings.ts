import { z } from 'zod';
import { forwardSettings } from './open311/feed/forward-settings.ts';
import { open311Settings } from './open311/settings.ts';

const file = z.string().min(1).max(200);

/** What pack.yaml says of service requests. */
export const serviceRequestSettings = z.strictObject({
  /** YAML: the tree of categories. */
  categories: file,
  /** YAML: life cycles of the pack's own, besides the default one. */
  lifeCycles: file.optional(),
  /** YAML: departments and the fall-back queue. */
  departments: file.optional(),
  /** CSV: posts of officers by department, area and category. */
  posts: file.optional(),
  /** YAML: working hours and holidays. */
  calendars: file.optional(),
  /** YAML: what is promised by when, what stops a clock, and who hears when a promise is not kept. */
  clocks: file.optional(),
  /** YAML: who hears of what by which flow. */
  notifications: file.optional(),
  reference: z
    .strictObject({
      prefix: z.string().regex(/^[A-Z]{2,5}$/, { error: 'must be two to five capital letters' }),
      digits: z.number().int().min(6).max(12),
    })
    .describe('With the check digit; seven digits are enough for some 100,000 requests, eight for a million.'),
  /** Hours after closing within which the citizen may reopen; the last moment counts. */
  reopenHours: z.number().min(0).max(8_760).default(72),
  /** How near an open request of the same category lies that may be the same. */
  nearbyMetres: z.number().positive().max(5_000).default(50),
  /** Photos and documents that a request may have; the further ones are refused, words are not. */
  mostFiles: z.number().int().min(10).max(200).default(40),
  /** Why a citizen is not content, as codes; the flow has the words. */
  ratingReasons: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/))
    .max(20)
    .default([]),
  /** Absent: no request is given or taken by Open311. */
  open311: open311Settings.optional(),
  /** What is published about requests, without personal data; absent: nothing. */
  openData: z
    .strictObject({
      /** GeoJSON of the areas, and the property that holds their codes. */
      areas: z.strictObject({ file, key: z.string().min(1).max(100) }),
      /** Fewer than so many are not told. */
      atLeast: z.number().int().min(3).max(1_000).default(10),
    })
    .optional(),
  /** Departments that run an Open311 server of their own. */
  forward: z.array(forwardSettings).max(50).default([]),
});

export type ServiceRequestSettings = z.output<typeof serviceRequestSettings>;
