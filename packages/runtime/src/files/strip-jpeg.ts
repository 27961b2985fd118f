/**
 * Takes out of a JPEG what is no picture: Exif with its place, maker's notes and thumbnail, XMP, IPTC, comments, and what phones hang
 * behind the picture (a short film, a second picture). The picture itself is copied as it is, not compressed once more. How it is to be turned stays,
 * in a new Exif segment that says nothing else.
 */
const SOI = 0xd8;
const EOI = 0xd9;
const SCAN = 0xda;
const COMMENT = 0xfe;
const RESTARTS = { first: 0xd0, last: 0xd7 };
const APPLICATION = { first: 0xe0, last: 0xef };
/** Segments of applications that decide how the picture looks, by number and by how they begin. */
const LOOKS = new Map([
  [0xe0, 'JFIF\0'],
  [0xe2, 'ICC_PROFILE\0'],
  [0xee, 'Adobe'],
]);

/** A JPEG without its metadata; what cannot be read as segments is left out. `orientation` as in Exif, 1 to 8. */
export function stripJpeg(bytes: Uint8Array, orientation: number): Uint8Array {
  const kept: Uint8Array[] = [new Uint8Array([0xff, SOI])];
  if (orientation !== 1) kept.push(orientationSegment(orientation));
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at + 1] ?? EOI;
    if (bytes[at] !== 0xff || marker === EOI) break;
    const end = marker === 0xff ? at + 1 : segmentEnd(bytes, at, marker);
    if (end > bytes.length) break;
    if (marker !== 0xff && belongs(bytes, at, marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return new Uint8Array(Buffer.concat([...kept, new Uint8Array([0xff, EOI])]));
}

/** Where a segment ends; a scan with the coded picture behind it. */
function segmentEnd(bytes: Uint8Array, at: number, marker: number): number {
  const end = at + 2 + Math.max(2, ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  return marker === SCAN ? scanEnd(bytes, end) : end;
}

function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < RESTARTS.first || next > RESTARTS.last)) return at;
  }
  return bytes.length;
}

function belongs(bytes: Uint8Array, at: number, marker: number): boolean {
  if (marker === COMMENT) return false;
  if (marker < APPLICATION.first || marker > APPLICATION.last) return true;
  const begins = LOOKS.get(marker);
  return begins !== undefined && Buffer.from(bytes.subarray(at + 4, at + 4 + begins.length)).toString('latin1') === begins;
}

/** Exif with the one tag Orientation (0x0112, a short), big-endian. */
function orientationSegment(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
  return new Uint8Array([0xff, 0xe1, 0, body.length + 2, ...body]);
}
