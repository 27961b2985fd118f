/** What a demo's past is drawn from: shares and times as published, kept with the pack. */
import { z } from 'zod';
import { checkShape, type DataReader } from '../../data/source.ts';
import { readYaml } from '../../data/yaml.ts';

export const PAST_FILE = 'demo/past-requests.yaml';

const share = z.number().min(0).max(1);
const plan = z.strictObject({
  source: z.string().min(1),
  asOf: z.string().min(4),
  spots: z.strictObject({ file: z.string().min(1), within: z.number().min(0).max(5_000) }),
  /** Of all requests, by the code of a top category. */
  groups: z.record(z.string(), share),
  months: z.array(z.number().min(0)).length(12),
  closing: z.array(z.strictObject({ upTo: z.number().positive(), share })).min(1),
  escalated: z.strictObject({
    share,
    closed: share,
    level: z.number().int().min(1).max(9),
    everyDays: z.number().positive(),
  }),
  rated: share,
  ratings: z.array(share).length(5),
  reopened: share,
  languages: z.record(z.string(), share),
});

export type PastPlan = z.output<typeof plan>;

/** Undefined after reporting what is wrong with it. */
export function readPlan(reader: DataReader): PastPlan | undefined {
  const yaml = readYaml(reader, PAST_FILE);
  if (yaml === undefined) return undefined;
  const hint = 'The pack mumbai has an example.';
  return checkShape(plan, yaml.value, { reader, file: PAST_FILE, lineOf: yaml.lineOf, hint });
}
