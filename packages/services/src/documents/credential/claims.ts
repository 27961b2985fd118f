/** What a document says, as a CBOR Web Token (RFC 8392): registered claims, the status reference, and one claim of our own. */
import { z } from 'zod';
import { fromCbor, toCbor } from './cbor.ts';

export interface SignedDocument {
  /** Who issued it: an address. */
  issuer: string;
  /** The document's own id, 16 bytes as hexadecimal digits: a corrected one has another. */
  id: string;
  /** As people read it: 4821-9374-0167. */
  number: string;
  /** The template's code, for example "vaccination". */
  type: string;
  /** Unix seconds. */
  issuedAt: number;
  /** Unix seconds; from then on it is expired. Undefined: it does not expire. */
  expiresAt: number | undefined;
  /** Its place in the issuer's status list, and that list's address. */
  status: { index: number; uri: string };
  /** Field by name, in the order of the template. */
  fields: Record<string, string>;
}

const CLAIM = { issuer: 1, expiresAt: 4, issuedAt: 6, id: 7, status: 65_535, document: -70_001 } as const;
/** Inside our own claim. */
const PART = { type: 1, number: 2, fields: 3 } as const;

const text = z.string().max(1_000);
const seconds = z.number().int().min(0);
const shape = z.strictObject({
  issuer: text,
  id: z.instanceof(Uint8Array).refine(({ length }) => length === 16),
  number: text,
  type: text,
  issuedAt: seconds,
  expiresAt: seconds.optional(),
  status: z.strictObject({ idx: z.number().int().min(0), uri: text }),
  fields: z.record(z.string().max(40), text),
});

/** The payload to be signed. */
export function writeClaims(document: SignedDocument): Uint8Array {
  const own = new Map<number, unknown>([
    [PART.type, document.type],
    [PART.number, document.number],
    [PART.fields, new Map(Object.entries(document.fields))],
  ]);
  const { index, uri } = document.status;
  const status = new Map([['status_list', new Map<string, unknown>(Object.entries({ idx: index, uri }))]]);
  const claims: [number, unknown][] = [
    [CLAIM.issuer, document.issuer],
    [CLAIM.issuedAt, document.issuedAt],
    [CLAIM.id, bytesOf(document.id)],
    [CLAIM.status, status],
    [CLAIM.document, own],
  ];
  if (document.expiresAt !== undefined) claims.push([CLAIM.expiresAt, document.expiresAt]);
  return toCbor(new Map(claims));
}

/** Reads a payload; undefined when it is no document of ours. */
export function readClaims(payload: Uint8Array): SignedDocument | undefined {
  const claims = mapOf(fromCbor(payload));
  const own = mapOf(claims.get(CLAIM.document));
  const parsed = shape.safeParse({
    issuer: claims.get(CLAIM.issuer),
    id: claims.get(CLAIM.id),
    number: own.get(PART.number),
    type: own.get(PART.type),
    issuedAt: claims.get(CLAIM.issuedAt),
    expiresAt: claims.get(CLAIM.expiresAt),
    status: Object.fromEntries(mapOf(mapOf(claims.get(CLAIM.status)).get('status_list'))),
    fields: Object.fromEntries(mapOf(own.get(PART.fields))),
  });
  if (!parsed.success) return undefined;
  const { id, status, expiresAt, ...rest } = parsed.data;
  return { ...rest, expiresAt, id: hexOf(id), status: { index: status.idx, uri: status.uri } };
}

/** Bytes of hexadecimal digits. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** Hexadecimal digits of bytes. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function mapOf(value: unknown): ReadonlyMap<unknown, unknown> {
  return value instanceof Map ? value : new Map();
}
