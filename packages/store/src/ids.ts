/**
 * Ids that name the same thing at every attempt. A message id is a UUIDv8: 48 bits of the provider's milliseconds and 74
 * bits of SHA-256 over account and provider id. It grows with time (append-only keys, partitions by range) and a
 * redelivered or replayed message comes to the same id, so the primary key is the duplicate check.
 */
import { hash as digest, randomUUID } from 'node:crypto';

/** The id of an inbound message; `timestamp` in milliseconds as the provider says it. */
export function inboundId(accountId: string, externalId: string, timestamp: number): string {
  return timedId(timestamp, `${accountId}|${externalId}`);
}

/** The id of the n-th thing that one input led to: the same at every replay, and sorting after the ones before it. */
export function derivedId(parentId: string, ordinal: number | string): string {
  const later = typeof ordinal === 'number' ? ordinal : 0;
  return timedId(timeOfId(parentId) + later, `${parentId}|${ordinal}`);
}

/** An id that grows with time and repeats for the same seed. */
export function timedId(timestamp: number, seed: string): string {
  const time = Math.max(0, Math.min(Math.floor(timestamp), 0xffff_ffff_ffff))
    .toString(16)
    .padStart(12, '0');
  const hash = digest('sha256', seed);
  const variant = (8 + (Number.parseInt(hash.slice(3, 4), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-8${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}

/** Milliseconds since 1970 that an id carries. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** A fresh id for something that no input named (an officer's act, a test's citizen). */
export function freshId(now: number): string {
  return timedId(now, randomUUID());
}
