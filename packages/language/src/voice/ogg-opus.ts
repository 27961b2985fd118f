/**
 * How long an Ogg Opus file plays, without decoding it (RFC 3533, RFC 7845). Two witnesses, and the longer one is believed: the
 * granule position of the last page, which a hostile file can set to anything, and the sum of its packets' own durations.
 */

/** What is known of a voice message before anything of it is decoded. */
export interface OggOpus {
  seconds: number;
  channels: number;
}

const PAGE_HEAD = 27;
const SAMPLES_A_SECOND = 48_000;
const OPUS_HEAD = 'OpusHead';
/** Samples at 48 kHz of one frame, by the configuration in the first five bits of a packet. */
const FRAME_SAMPLES = [480, 960, 1920, 2880, 480, 960, 1920, 2880, 480, 960, 1920, 2880, 480, 960, 480, 960] as const;
const CELT_SAMPLES = [120, 240, 480, 960] as const;

/** Reads the pages of a file; undefined when it is no Ogg Opus of one stream, or broken. Time is linear in its pages. */
export function measureOggOpus(bytes: Uint8Array): OggOpus | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [at, pages, channels, preSkip, samples, granule] = [0, 0, 0, 0, 0, 0];
  while (at + PAGE_HEAD <= bytes.length) {
    const page = readPage(bytes, view, at);
    if (page === undefined) return undefined;
    if (pages === 0) {
      if (textAt(bytes, page.body, OPUS_HEAD.length) !== OPUS_HEAD || page.end - page.body < 19) return undefined;
      channels = bytes[page.body + 9] ?? 0;
      preSkip = view.getUint16(page.body + 10, true);
    } else if (pages > 1 || page.granule > 0) {
      samples += page.samples;
      granule = Math.max(granule, page.granule);
    }
    pages += 1;
    at = page.end;
  }
  if (pages < 2 || channels < 1 || channels > 2) return undefined;
  return { seconds: Math.max(0, Math.max(samples, granule) - preSkip) / SAMPLES_A_SECOND, channels };
}

interface Page {
  body: number;
  end: number;
  granule: number;
  samples: number;
}

function readPage(bytes: Uint8Array, view: DataView, at: number): Page | undefined {
  if (textAt(bytes, at, 4) !== 'OggS' || bytes[at + 4] !== 0) return undefined;
  const segments = bytes[at + 26] ?? 0;
  const body = at + PAGE_HEAD + segments;
  if (body > bytes.length) return undefined;
  const continued = ((bytes[at + 5] ?? 0) & 1) === 1;
  let [end, start, samples] = [body, body, 0];
  for (let index = 0; index < segments; index += 1) {
    const length = bytes[at + PAGE_HEAD + index] ?? 0;
    end += length;
    if (length === 255) continue;
    if (end > start && !(continued && start === body)) samples += packetSamples(bytes, start, end);
    start = end;
  }
  if (end > bytes.length) return undefined;
  const granule = view.getBigInt64(at + 6, true);
  return { body, end, granule: granule < 0n ? 0 : Number(granule), samples };
}

/** Duration of a packet: the samples of a frame times the number of frames (RFC 6716, section 3). */
function packetSamples(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] ?? 0;
  const configuration = first >> 3;
  const frame = configuration < 16 ? (FRAME_SAMPLES[configuration] ?? 960) : (CELT_SAMPLES[configuration & 3] ?? 960);
  const code = first & 3;
  if (code === 0) return frame;
  if (code < 3) return frame * 2;
  return end - start < 2 ? 0 : frame * ((bytes[start + 1] ?? 0) & 63);
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
