/** CBOR (RFC 8949) with maps as Map, in the order given: COSE and CWT use whole numbers as keys, a document's fields have an order. */
import { decode, encode } from 'cborg';

const WRITING = { mapSorter: () => 0 };
const READING = { useMaps: true, strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true };

export function toCbor(value: unknown): Uint8Array {
  return new Uint8Array(encode(value, WRITING));
}

/** Reads one value that is written as toCbor would write it; undefined for any other spelling, and for damaged bytes. */
export function fromCbor(bytes: Uint8Array): unknown {
  try {
    const value: unknown = decode(bytes, READING);
    const again = toCbor(value);
    return again.length === bytes.length && again.every((byte, at) => byte === bytes[at]) ? value : undefined;
  } catch {
    return undefined;
  }
}
