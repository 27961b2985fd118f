import { wavOf } from '@hazir/language';

const RATE = 16_000;
const HUM_HZ = 220;
const SOFT = 0.02;

/** A second of a soft hum as WAV: enough to see whether a provider of speech answers. */
export function quietSecond(): Uint8Array {
  return wavOf(
    Float32Array.from({ length: RATE }, (_, index) => SOFT * Math.sin((2 * Math.PI * HUM_HZ * index) / RATE)),
    RATE,
  );
}
