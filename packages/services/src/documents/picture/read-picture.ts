/** Finds the QR code in a picture. Pictures come from anybody: their size is checked before they are unpacked. */
import { HazirError } from '@hazir/core';
import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { decodeQR, type Image } from 'qr/decode.js';

/** A photo of 24 megapixels is 96 MB when unpacked. */
const MOST_PIXELS = 24_000_000;
const MOST_MEMORY_MB = 512;
/** Milliseconds for a picture in which the code is hard to find. */
const TRY_FOR = 3_000;
const EFFORT = 3;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];
const JPEG_SIGNATURE = [0xff, 0xd8, 0xff];

/** True for the bytes of a PNG or JPEG picture. */
export function isPicture(bytes: Uint8Array): boolean {
  return startsWith(bytes, PNG_SIGNATURE) || startsWith(bytes, JPEG_SIGNATURE);
}

/** The text of the QR code in a PNG or JPEG; undefined when there is none. Throws `documents:bad-picture` for a picture that is damaged or too large. */
export function readPicture(bytes: Uint8Array): string | undefined {
  const image = unpack(bytes);
  try {
    return decodeQR(image, { effort: EFFORT, timeLimit: TRY_FOR, textDecoder: asBytes });
  } catch {
    return undefined;
  }
}

/** A code may hold bytes that are no text: each becomes one character. */
function asBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function unpack(bytes: Uint8Array): Image {
  try {
    return startsWith(bytes, PNG_SIGNATURE) ? unpackPng(bytes) : unpackJpeg(bytes);
  } catch (cause) {
    throw new HazirError('documents:bad-picture', 'The picture is damaged or has more than 24 megapixels.', { cause });
  }
}

function unpackPng(bytes: Uint8Array): Image {
  const size = new DataView(bytes.buffer, bytes.byteOffset);
  if (size.getUint32(16) * size.getUint32(20) > MOST_PIXELS) throw new Error('too many pixels');
  return PNG.sync.read(Buffer.from(bytes));
}

function unpackJpeg(bytes: Uint8Array): Image {
  const limits = { maxResolutionInMP: MOST_PIXELS / 1_000_000, maxMemoryUsageInMB: MOST_MEMORY_MB };
  return decodeJpeg(bytes, { useTArray: true, formatAsRGBA: true, ...limits });
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
