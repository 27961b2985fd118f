/** What a request is refused with. The specification knows 404 for what is not there, 403 for keys and 400 for all else. */
import { type ErrorCode, HazirError } from '@hazir/core';
import type { Document } from './render.ts';

/** HTTP statuses by code; 429 is ours, for a key that is used too often. */
const STATUSES: Readonly<Record<string, number>> = {
  'open311:bad-request': 400,
  'open311:key': 403,
  'open311:not-found': 404,
  'open311:too-often': 429,
};

/** Ends a request; `message` is read by people. */
export function refuse(code: `open311:${string}`, message: string): never {
  throw new HazirError(code, message);
}

export function badRequest(message: string): never {
  return refuse('open311:bad-request', message);
}

export function notFound(message: string): never {
  return refuse('open311:not-found', message);
}

/** The HTTP status of a refusal; undefined for a fault of ours. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof HazirError ? STATUSES[error.code satisfies ErrorCode] : undefined;
}

export function errorDocument(code: number, description: string): Document {
  return { root: 'errors', body: [{ code, description }] };
}
