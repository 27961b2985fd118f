import { readFile } from 'node:fs/promises';
import { measureOggOpus } from '@hazir/language';
import { afterAll, expect, test } from 'vitest';
import { createDecoder } from './decode.ts';

const decoder = createDecoder();
afterAll(() => decoder.close());
const sample = new Uint8Array(await readFile(new URL('../../../simulator/phone/sample/sample-voice.ogg', import.meta.url)));

test('a voice message becomes samples as long as it plays', async () => {
  const samples = await decoder.decode(sample, 16_000);
  const seconds = measureOggOpus(sample)?.seconds ?? 0;
  expect(seconds).toBeGreaterThan(3);
  expect(samples.length / 16_000).toBeCloseTo(seconds, 1);
  expect(Math.max(...samples.subarray(0, 60_000))).toBeGreaterThan(0.05);
});

test('what is broken says so, and the next one is decoded', async () => {
  const nonsense = decoder.decode(new TextEncoder().encode('OggS and then nothing'), 16_000);
  const whole = decoder.decode(sample, 16_000);
  expect((await nonsense.catch((error: unknown) => error)) ?? []).toSatisfy(
    (found: unknown) => found instanceof Error || (found instanceof Float32Array && found.length === 0),
  );
  expect((await whole).length).toBeGreaterThan(0);
});
