/** Parts that the descriptions of all routes share. */
import { z } from '@hono/zod-openapi';
import { problemSchema } from './problems.ts';

export const SECURITY = [{ apiKey: [] }, { session: [] }];

/** Text that a database can keep: without NUL, and without half a character. */
export function text(most: number) {
  const isStorable = (given: string) => !given.includes('\0') && given.isWellFormed();
  return z.string().max(most).refine(isStorable, { error: 'holds characters that are none' });
}

export const referenceParameter = z.object({
  reference: z
    .string()
    .max(200)
    .openapi({ example: 'MUM-4821-9374', description: 'As typed: digits of any script, dashes or not.' }),
});

export const idempotency = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: 'A call that comes again under it is answered as before, for 48 hours.' }),
});

const DESCRIPTIONS = {
  400: 'Fields are missing or wrong',
  401: 'The key is missing or not valid, or nobody is signed in',
  403: 'The key, the officer, or the post behind it, may not do this',
  404: 'No request of this organization has the reference',
  409: 'Not possible in this state, or somebody else was faster',
  413: 'The body is too long',
  422: 'Something that the move requires is missing, or what is named does not exist',
  429: 'The key was used too often in a minute',
} as const;

/** The problems that a route may answer with. */
export function problemsOf(...statuses: (keyof typeof DESCRIPTIONS)[]) {
  const content = { 'application/problem+json': { schema: problemSchema } };
  return Object.fromEntries(statuses.map((status) => [status, { description: DESCRIPTIONS[status], content }]));
}
