import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureOggOpus } from './ogg-opus.ts';
import { splitAtSilence, wavOf } from './pieces.ts';

/** A page with whole packets of so many bytes each; the first byte of each packet says 20 ms. */
function page(granule: number, packets: readonly (readonly number[])[], type = 0): number[] {
  const head = [...'OggS'].map((letter) => letter.charCodeAt(0));
  const position = Array.from({ length: 8 }, (_, index) => Math.floor(granule / 256 ** index) % 256);
  return [
    ...head,
    0,
    type,
    ...position,
    ...new Array(12).fill(0),
    packets.length,
    ...packets.map(({ length }) => length),
    ...packets.flat(),
  ];
}
const opusHead = [...[...'OpusHead'].map((letter) => letter.charCodeAt(0)), 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0];
const tags = [...'OpusTags'].map((letter) => letter.charCodeAt(0));
const twentyMs = [0b0000_1000, 1, 2];
const file = (granule: number, packets: number) =>
  new Uint8Array([...page(0, [opusHead], 2), ...page(0, [tags]), ...page(granule, new Array(packets).fill(twentyMs), 4)]);

describe('how long a voice message plays', () => {
  test.each([
    ['by its granule position', file(48_000 + 312, 10), 1],
    ['by its packets when the position lies', file(312, 200), 4 - 312 / 48_000],
    ['nothing when it is empty', file(312, 0), 0],
  ])('%s', (_how, bytes, seconds) => {
    expect(measureOggOpus(bytes)?.seconds).toBeCloseTo(seconds, 6);
  });

  test('is not said of what is no Ogg Opus', () => {
    const whole = file(48_000, 10);
    for (const bytes of [
      new Uint8Array(),
      new TextEncoder().encode('OggS'),
      whole.subarray(0, whole.length - 1),
      whole.subarray(1),
    ])
      expect(measureOggOpus(bytes)).toBeUndefined();
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(100), (bytes, at) => {
        const broken = file(96_000, 20);
        broken.set(bytes.subarray(0, Math.max(0, broken.length - at)), at);
        measureOggOpus(bytes);
        measureOggOpus(broken);
      }),
    );
  });
});

describe('pieces', () => {
  test('hold everything, are short enough, and are cut where it is quiet', () => {
    const rate = 1_000;
    const samples = new Float32Array(10_000).map((_, index) => (index >= 3_500 && index < 3_600 ? 0 : 0.5));
    const pieces = splitAtSilence(samples, rate, 4);
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(samples.length);
    expect(pieces[0]?.length).toBeGreaterThanOrEqual(3_500);
    expect(pieces[0]?.length).toBeLessThan(3_600);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(4 * rate);
  });

  test('of any length are never longer than asked', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 9 }), (length, most) => {
        const pieces = splitAtSilence(new Float32Array(length), 100, most);
        expect(pieces.every((piece) => piece.length <= most * 100)).toBe(true);
        expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(length);
      }),
    );
  });

  test('as WAV say how long they are', () => {
    const wav = wavOf(new Float32Array([0, 1, -1, 2]), 16_000);
    const view = new DataView(wav.buffer);
    expect([wav.length, view.getUint32(24, true), view.getUint32(40, true)]).toEqual([52, 16_000, 8]);
    expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 32_767, -32_767, 32_767]);
  });
});
