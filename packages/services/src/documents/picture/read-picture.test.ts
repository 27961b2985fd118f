import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { qrJpeg, qrPng } from '../../../../../tests/support/qr-picture.ts';
import { isPicture, readPicture } from './read-picture.ts';

/** As long as a certificate: version 14. */
const TEXT = `HZ1:${'6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R8'.repeat(13)}`;

describe('the code in a picture', () => {
  test.each([
    ['a clean PNG', qrPng(TEXT)],
    ['small modules', qrPng(TEXT, { scale: 2 })],
    ['a code that lies askew', qrPng(TEXT, { turn: 17 })],
    ['a code upside down', qrPng(TEXT, { turn: 180 })],
    ['a JPEG', qrJpeg(TEXT)],
    ['a JPEG as a phone takes it', qrJpeg(TEXT, { scale: 5, turn: -8, noise: 40 })],
  ])('is read from %s', (_, picture) => {
    expect(isPicture(picture)).toBe(true);
    expect(readPicture(picture)).toBe(TEXT);
  });

  test.each([10, 700, 1_600])('is read though it holds %i bytes that are no text, on a dense code', (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * 151 + 128) % 256)).toString('latin1');
    expect(readPicture(qrPng(bytes, { bytes: true }))).toBe(bytes);
  });

  test('is not found where there is none', () => {
    expect(readPicture(PNG.sync.write(new PNG({ width: 300, height: 200 })))).toBeUndefined();
  });

  test.each([
    ['cut short', qrPng(TEXT).subarray(0, 500)],
    ['only a head', qrJpeg(TEXT).subarray(0, 4)],
    ['larger than it may be', hugePng()],
  ])('is not looked for in a picture that is %s', (_, picture) => {
    expect(() => readPicture(picture)).toThrow(expect.objectContaining({ code: 'documents:bad-picture' }));
  });

  test('is not looked for in other files', () => {
    expect(isPicture(Buffer.from('HZ1:'))).toBe(false);
    expect(isPicture(Buffer.alloc(0))).toBe(false);
  });
});

/** Says that it has 100,000 by 100,000 pixels. */
function hugePng(): Buffer {
  const picture = Buffer.from(qrPng(TEXT));
  picture.writeUInt32BE(100_000, 16);
  picture.writeUInt32BE(100_000, 20);
  return picture;
}
