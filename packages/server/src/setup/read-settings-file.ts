/** Reads a YAML file of an operator's settings by its schema; `wrong` makes the error of what is wrong with it. */
import { readFileSync } from 'node:fs';
import type { HazirError } from '@hazir/core';
import { parse } from 'yaml';
import type { z } from 'zod';

/** Throws what `wrong` makes, naming everything that does not fit. */
export function readSettingsFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  wrong: (file: string, what: string) => HazirError,
): z.output<Schema> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw wrong(file, cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unreadable');
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw wrong(file, parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${reasonOf(issue)}`).join('; '));
}

/** A key of a record hides its own reason inside. */
function reasonOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message;
}
