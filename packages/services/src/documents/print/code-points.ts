/** Which characters a TrueType font has glyphs for: the tables of formats 4 and 12 of "cmap" (OpenType 1.9). */

const UNICODE_TABLES = [4, 12];

/** The code points; none for bytes that are no font. */
export function codePointsOf(font: Uint8Array): number[] {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 'cmap');
  if (cmap === undefined) return [];
  const tables = Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => cmap + view.getUint32(cmap + 4 + index * 8 + 4));
  return [...new Set(tables)]
    .filter((at) => UNICODE_TABLES.includes(view.getUint16(at)))
    .flatMap((at) => (view.getUint16(at) === 12 ? readGroups(view, at) : readSegments(view, at)));
}

function tableAt(view: DataView, name: string): number | undefined {
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const entry = 12 + index * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(entry + place)));
    if (tag === name) return view.getUint32(entry + 8);
  }
  return undefined;
}

function readGroups(view: DataView, at: number): number[] {
  return Array.from({ length: view.getUint32(at + 12) }, (_, index) => at + 16 + index * 12).flatMap((group) =>
    range(view.getUint32(group), view.getUint32(group + 4)),
  );
}

function readSegments(view: DataView, at: number): number[] {
  const double = view.getUint16(at + 6);
  const found: number[] = [];
  for (let place = 0; place < double; place += 2) {
    const end = view.getUint16(at + 14 + place);
    const start = view.getUint16(at + 16 + double + place);
    const delta = view.getUint16(at + 16 + double * 2 + place);
    const offsetAt = at + 16 + double * 3 + place;
    const offset = view.getUint16(offsetAt);
    for (const point of range(start, end)) {
      const glyph = offset === 0 ? point + delta : view.getUint16(offsetAt + offset + (point - start) * 2);
      if (glyph % 0x10000 !== 0 && point !== 0xffff) found.push(point);
    }
  }
  return found;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
