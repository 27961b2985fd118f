import { decode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { examineFile } from './examine-file.ts';
import { photoFrom, plainPhoto } from './testing.ts';

const SHIVAJI_PARK = { latitude: 19.0268, longitude: 72.8386 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const words = (file: Uint8Array): string => Buffer.from(file).toString('latin1');

describe('a photo', () => {
  test('says where and when it was taken, and what is kept says it no more', async () => {
    const photo = photoFrom(SHIVAJI_PARK);
    const { bytes: kept, mimeType, position, takenAt } = await examineFile(photo, 'image/jpeg');
    expect(mimeType).toBe('image/jpeg');
    expect(position?.latitude).toBeCloseTo(19.0268, 5);
    expect(position?.longitude).toBeCloseTo(72.8386, 5);
    expect(takenAt).toEqual(new Date('2026-11-22T09:15:10Z'));
    expect(words(photo)).toMatch(/Maker.*Asha.*a film/s);
    expect(words(kept)).not.toMatch(/Maker|Asha|2026|film/);
    const again = await examineFile(kept, 'image/jpeg');
    expect(again).toEqual({ bytes: kept, mimeType: 'image/jpeg' });
  });

  test('looks the same afterwards, to the last pixel, and is turned as before', async () => {
    const photo = photoFrom(SHIVAJI_PARK);
    const { bytes: kept } = await examineFile(photo, 'image/jpeg');
    expect(decode(kept).data).toEqual(decode(photo).data);
    expect(words(kept)).toContain('Exif\0\0MM');
    const plain = plainPhoto();
    expect((await examineFile(plain, 'image/jpeg')).bytes).toEqual(plain);
  });

  test('that is sent twice is the same file both times, wherever it was sent from', async () => {
    const [one, other] = await Promise.all(
      [SHIVAJI_PARK, { latitude: 18.92, longitude: 72.83 }].map((place) => examineFile(photoFrom(place), 'image/jpeg')),
    );
    expect(one?.bytes).toEqual(other?.bytes);
  });

  test.each<[string, Parameters<typeof photoFrom>[0], object]>([
    ['south and west', { latitude: -33.5, longitude: -70.25 }, { position: { latitude: -33.5, longitude: -70.25 } }],
    [
      'without a time zone: the time of the satellites',
      { ...SHIVAJI_PARK, zone: '' },
      { takenAt: new Date('2026-11-22T09:15:10Z') },
    ],
    ['with a time zone that is none', { ...SHIVAJI_PARK, zone: 'delhi' }, { takenAt: new Date('2026-11-22T09:15:10Z') }],
  ])('%s', async (_, taken, expected) => {
    expect(await examineFile(photoFrom(taken), 'image/jpeg')).toMatchObject(expected);
  });

  test.each<[string, Parameters<typeof photoFrom>[0]]>([
    ['0/0, which a camera writes that does not know', { latitude: 0, longitude: 0 }],
    ['off the earth', { latitude: 123, longitude: 10 }],
  ])('has no place at %s', async (_, taken) => {
    expect(await examineFile(photoFrom(taken), 'image/jpeg')).not.toHaveProperty('position');
  });

  test('that breaks off anywhere, or has any byte broken, is kept without an error and without its maker', async () => {
    const photo = photoFrom(SHIVAJI_PARK);
    for (let at = 3; at < photo.length; at += 7) {
      const broken = photo.map((byte, index) => (index === at ? byte ^ 0xff : byte));
      const cut = await examineFile(photo.subarray(0, at), 'image/jpeg');
      expect(words(cut.bytes)).not.toContain('Maker');
      expect((await examineFile(broken, 'image/jpeg')).bytes.length).toBeGreaterThan(0);
    }
  });

  test('as PNG loses its texts and keeps its pixels', async () => {
    const image = new PNG({ width: 2, height: 2 });
    image.data.fill(0x55);
    const plain = PNG.sync.write(image);
    const text = Buffer.concat([Buffer.from([0, 0, 0, 9]), Buffer.from('tEXtBy\0Ashaji'), Buffer.alloc(4)]);
    const { bytes: kept, mimeType } = await examineFile(
      Buffer.concat([plain.subarray(0, 33), text, plain.subarray(33)]),
      'image/png',
    );
    expect([mimeType, Buffer.from(kept).equals(plain)]).toEqual(['image/png', true]);
  });
});

test.each<[string, Uint8Array, string, string]>([
  ['a PDF that is called a photo', bytes('%PDF-1.4\n%%EOF\n'), 'image/jpeg', 'application/pdf'],
  ['a photo that is sent as a document', plainPhoto(), 'application/octet-stream', 'image/jpeg'],
  ['a program that is called a PDF', bytes(`MZ${'\0'.repeat(80)}`), 'application/pdf', 'application/x-msdownload'],
  [
    'a page with a script that is called a photo',
    bytes('<html><script>alert(1)</script>'),
    'image/jpeg',
    'application/octet-stream',
  ],
  ['a page with a script', bytes('<html><script>alert(1)</script>'), 'text/html; charset=utf-8', 'application/octet-stream'],
  ['a drawing that could run', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 'application/octet-stream'],
  ['the same with a heading', bytes('<?xml version="1.0"?><svg onload="x()"/>'), 'image/svg+xml', 'application/octet-stream'],
  ['plain text', bytes('पानी नहीं'), 'text/plain', 'text/plain'],
  ['a voice message that breaks off', bytes('OggS'), 'audio/ogg; codecs=opus', 'audio/ogg; codecs=opus'],
  ['nothing', new Uint8Array(), 'image/jpeg', 'application/octet-stream'],
])('the type is what the bytes say: %s', async (_, file, declared, expected) => {
  expect((await examineFile(file, declared)).mimeType).toBe(expected);
});
