/** Takes out of a PNG what is no picture (Exif, texts, XMP, time) and what hangs behind it; the rest is copied as it is. */
const SIGNATURE = 8;
/** Length, name and checksum of a chunk. */
const AROUND = 12;
const LEFT_OUT = new Set(['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME']);

/** A PNG without its metadata; a chunk that breaks off is left out with all behind it. */
export function stripPng(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [view.subarray(0, SIGNATURE)];
  for (let at = SIGNATURE; at + AROUND <= view.length; ) {
    const end = at + AROUND + view.readUInt32BE(at);
    const name = view.toString('latin1', at + 4, at + 8);
    if (end > view.length) break;
    if (!LEFT_OUT.has(name)) kept.push(view.subarray(at, end));
    if (name === 'IEND') break;
    at = end;
  }
  return new Uint8Array(Buffer.concat(kept));
}
