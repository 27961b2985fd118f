/** A long voice message in pieces that a provider takes, cut where nobody speaks; and a piece as a WAV file. */

const FRAME_MS = 20;
/** The cut is looked for in the last part of a piece. */
const SEARCHED = 0.4;

/** Samples in pieces of at most so many seconds, each cut in the quietest moment before its end. Nothing is left out. */
export function splitAtSilence(samples: Float32Array, rate: number, mostSeconds: number): Float32Array[] {
  const most = Math.max(1, Math.floor(mostSeconds * rate));
  const pieces: Float32Array[] = [];
  let from = 0;
  while (samples.length - from > most) {
    const cut = quietest(samples, { from: from + Math.floor(most * (1 - SEARCHED)), to: from + most, rate });
    pieces.push(samples.subarray(from, cut));
    from = cut;
  }
  pieces.push(samples.subarray(from));
  return pieces;
}

function quietest(samples: Float32Array, { from, to, rate }: { from: number; to: number; rate: number }): number {
  const frame = Math.max(1, Math.floor((rate * FRAME_MS) / 1_000));
  let [best, least] = [to, Number.POSITIVE_INFINITY];
  for (let at = from; at + frame <= to; at += frame) {
    let energy = 0;
    for (let index = at; index < at + frame; index += 1) energy += (samples[index] ?? 0) ** 2;
    if (energy > least) continue;
    least = energy;
    best = at + Math.floor(frame / 2);
  }
  return Math.max(best, from + 1);
}

const HEAD = 44;

/** A WAV file of one channel, 16 bits a sample. */
export function wavOf(samples: Float32Array, rate: number): Uint8Array {
  const bytes = new Uint8Array(HEAD + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, words: string) => {
    for (let index = 0; index < words.length; index += 1) bytes[at + index] = words.charCodeAt(index);
  };
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries())
    view.setInt16(HEAD + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
  return bytes;
}
