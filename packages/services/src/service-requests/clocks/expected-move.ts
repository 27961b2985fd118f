import type { JsonObject } from '@hazir/core';
import type { RequestRow } from '../records.ts';

type Expected = Pick<RequestRow, 'expected_at'>;

/** What an event says of a promise that has moved; undefined when it has not. A clock that stands still promises nothing. */
export function expectedMove(before: Expected, after: Expected): JsonObject | undefined {
  const [was, is] = [before.expected_at?.toISOString() ?? null, after.expected_at?.toISOString() ?? null];
  return was === is ? undefined : { expectedWas: was, expectedAt: is };
}
