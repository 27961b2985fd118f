/**
 * Bytes as the text of a QR code: zlib, then base45, after "HZ1:". Reading allows one spelling only, so that no changed code
 * passes for the one that was issued: the header is the one we write, and the unused bits of the last deflated byte are zero.
 */
import { unzlibSync, zlibSync } from 'fflate';
import { fromBase45, toBase45 } from './base45.ts';

/** How a code of ours begins. */
export const PREFIX = 'HZ1:';
/** A QR code of version 40 holds 4,296 characters. */
const MOST_CHARACTERS = 4_296;
/** What a QR code of version 20 holds at error correction M, so that cheap phones read it. */
export const MOST_QR_CHARACTERS = 970;
/** Bytes that a code may unfold to. */
const MOST_BYTES = 65_536;
/** Deflate with a window of 32 KiB, best compression. */
const ZLIB_HEADER = [0x78, 0xda];
const CHECKSUM_BYTES = 4;

/** The text for a QR code. */
export function packBytes(bytes: Uint8Array): string {
  return PREFIX + toBase45(zlibSync(bytes, { level: 9 }));
}

/** The bytes that packBytes was given; undefined when a character is not as it was written. */
export function unpackBytes(text: string): Uint8Array | undefined {
  if (!text.startsWith(PREFIX) || text.length > MOST_CHARACTERS) return undefined;
  const packed = fromBase45(text.slice(PREFIX.length));
  if (packed === undefined || ZLIB_HEADER.some((byte, at) => packed[at] !== byte)) return undefined;
  const bytes = inflate(packed);
  return bytes !== undefined && bytes.length <= MOST_BYTES && isOnlySpelling(packed, bytes) ? bytes : undefined;
}

/** Inflates zlib data; undefined when it is damaged, cut short or continued. */
export function inflate(packed: Uint8Array): Uint8Array | undefined {
  try {
    const bytes = unzlibSync(packed);
    return adler32(bytes) === checksumOf(packed) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** A bit of the last deflated byte that changes nothing is padding: it must be zero, and no whole byte may be padding. */
function isOnlySpelling(packed: Uint8Array, bytes: Uint8Array): boolean {
  const last = packed.length - CHECKSUM_BYTES - 1;
  const deflated = packed.slice();
  for (let bit = 7; bit >= 0; bit -= 1) {
    deflated[last] = (packed[last] ?? 0) ^ (1 << bit);
    if (!isSame(inflate(deflated), bytes)) return true;
    if (((packed[last] ?? 0) >> bit) & 1) return false;
  }
  return false;
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one?.length === other.length && one.every((byte, at) => byte === other[at]);
}

function checksumOf(packed: Uint8Array): number {
  return packed.slice(-CHECKSUM_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** RFC 1950; the library does not compare it. */
function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}
