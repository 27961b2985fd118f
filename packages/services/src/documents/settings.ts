import { z } from 'zod';

/** What pack.yaml says of documents. */
export const documentSettings = z.strictObject({
  issuer: z.strictObject({
    url: z
      .url({ protocol: /^https$/ })
      .max(100)
      .describe('Stands in every document: the address of the issuer, the same for ever.'),
    name: z.record(z.string(), z.string().min(1).max(100)).describe('By language, as the verifier shows it.'),
  }),
  /** YAML: what may be issued. */
  templates: z.string().min(1).max(200),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'must be an IANA time zone' })
    .default('Asia/Kolkata')
    .describe('In which the days of issue and expiry are printed.'),
});

export type DocumentSettings = z.output<typeof documentSettings>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
