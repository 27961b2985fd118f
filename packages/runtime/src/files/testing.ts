/** For tests: photos as phones make them. */
import { encode } from 'jpeg-js';

const SHORT = 3;
const ASCII = 2;
const RATIONAL = 5;
const LONG = 4;

type Tag = [number, number, number, Buffer];

/** A JPEG of 16 by 8 pixels without any metadata but JFIF. */
export function plainPhoto(): Uint8Array {
  return new Uint8Array(encode({ width: 16, height: 8, data: Buffer.alloc(16 * 8 * 4, 0x7f) }, 80).data);
}

/** The same with Exif (a maker, an orientation, place and time) and a comment, and a film behind it. */
export function photoFrom({
  latitude,
  longitude,
  time = '2026:11:22 14:45:10',
  zone = '+05:30',
}: {
  latitude: number;
  longitude: number;
  time?: string;
  zone?: string;
}): Uint8Array {
  const plain = plainPhoto();
  const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff({ latitude, longitude, time, zone })]));
  const comment = segment(0xfe, Buffer.from('taken by Asha (demo)'));
  const film = Buffer.from('....ftypmp42 a film');
  return new Uint8Array(Buffer.concat([plain.subarray(0, 2), exif, comment, plain.subarray(2), film]));
}

function segment(marker: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
}

function tiff({ latitude, longitude, time, zone }: { latitude: number; longitude: number; time: string; zone: string }): Buffer {
  const gps: Tag[] = [
    [1, ASCII, 2, text(latitude < 0 ? 'S' : 'N')],
    [2, RATIONAL, 3, angle(latitude)],
    [3, ASCII, 2, text(longitude < 0 ? 'W' : 'E')],
    [4, RATIONAL, 3, angle(longitude)],
    [7, RATIONAL, 3, rationals([9, 15, 10])],
    [29, ASCII, 11, text('2026:11:22')],
  ];
  const exif: Tag[] = [
    [0x9003, ASCII, time.length + 1, text(time)],
    ...(zone === '' ? [] : [[0x9011, ASCII, zone.length + 1, text(zone)] satisfies Tag]),
  ];
  const first = (exifAt: number, gpsAt: number): Tag[] => [
    [0x010f, ASCII, 13, text('Maker (demo)')],
    [0x0112, SHORT, 1, Buffer.from([0, 6, 0, 0])],
    [0x8769, LONG, 1, long(exifAt)],
    [0x8825, LONG, 1, long(gpsAt)],
  ];
  const exifAt = 8 + directory(first(0, 0), 8).length;
  const gpsAt = exifAt + directory(exif, exifAt).length;
  const head = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  return Buffer.concat([head, directory(first(exifAt, gpsAt), 8), directory(exif, exifAt), directory(gps, gpsAt)]);
}

/** An image file directory that begins at `at`, with the values that do not fit behind it. */
function directory(tags: readonly Tag[], at: number): Buffer {
  const behind: Buffer[] = [];
  let next = at + 2 + tags.length * 12 + 4;
  const entries = tags.map(([tag, type, count, value]) => {
    const head = Buffer.from([tag >> 8, tag & 255, 0, type, 0, 0, 0, count]);
    if (value.length <= 4) return Buffer.concat([head, value, Buffer.alloc(4 - value.length)]);
    behind.push(value);
    next += value.length;
    return Buffer.concat([head, long(next - value.length)]);
  });
  return Buffer.concat([Buffer.from([0, tags.length]), ...entries, Buffer.alloc(4), ...behind]);
}

function angle(degrees: number): Buffer {
  const whole = Math.floor(Math.abs(degrees));
  const numbers = [whole, 1, 0, 1, Math.round((Math.abs(degrees) - whole) * 3_600_000), 1_000];
  return Buffer.concat(numbers.map(long));
}

function rationals(values: readonly number[]): Buffer {
  return Buffer.concat(values.flatMap((value) => [long(value), long(1)]));
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'latin1');
}
