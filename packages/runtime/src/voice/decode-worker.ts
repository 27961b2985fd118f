/** The thread that decodes voice messages: the decoder's memory is here, and goes when the thread ends. */
import { parentPort } from 'node:worker_threads';
import { OggOpusDecoder } from 'ogg-opus-decoder';

const port = parentPort;
port?.on('message', ({ id, bytes, rate }: { id: number; bytes: Uint8Array; rate: number }) => {
  void decode(bytes, rate).then(
    (samples) => port.postMessage({ id, samples }, [samples.buffer]),
    (error: unknown) => port.postMessage({ id, error: error instanceof Error ? error.name : 'unknown' }),
  );
});

/** One channel: two are mixed. */
async function decode(bytes: Uint8Array, sampleRate: number): Promise<Float32Array<ArrayBuffer>> {
  const options = { forceStereo: false, sampleRate };
  const decoder = new OggOpusDecoder(options);
  await decoder.ready;
  try {
    const { channelData } = await decoder.decodeFile(bytes);
    const [left = new Float32Array(0), right] = channelData;
    const mono = new Float32Array(left.length);
    for (const [index, sample] of left.entries()) mono[index] = right === undefined ? sample : (sample + (right[index] ?? 0)) / 2;
    return mono;
  } finally {
    decoder.free();
  }
}
