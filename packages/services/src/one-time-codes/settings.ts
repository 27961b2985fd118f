import { z } from 'zod';

/** What pack.yaml says of one-time codes. */
export const codeSettings = z.strictObject({
  /** The gateway that sends SMS: it is posted `{ to, text }`. Its host is of the file of other systems. */
  gateway: z.url({ protocol: /^https$/ }).max(200),
  /** By language. */
  sms: z.record(z.string(), z.string().min(1).max(300).includes('{code}', { error: 'must contain {code}' })),
  validMinutes: z.number().int().min(1).max(30).default(3),
  tries: z.number().int().min(1).max(10).default(3),
  /** How soon another one may be sent. */
  resendSeconds: z.number().int().min(10).max(600).default(30),
  /** Codes within an hour: to one contact; and for one subject, whoever asks. */
  perContact: z.number().int().min(1).max(100).default(5),
  perSubject: z.number().int().min(1).max(100).default(5),
});

export type CodeSettings = z.output<typeof codeSettings>;
