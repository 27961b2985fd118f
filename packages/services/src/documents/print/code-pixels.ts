/** A document's code as grey pixels, one for each module, for the printer to enlarge. */
import encodeQR from 'qr';

export interface CodePixels {
  /** Rows of bytes, 0 black and 255 white. */
  pixels: Uint8Array;
  /** Of a row and of a column. */
  size: number;
}

/** The standard asks for four modules; cheap cameras and crumpled paper are kinder to six. */
const QUIET_ZONE = 6;

/** Draws the code. Its mask is fixed: the text is packed and looks like noise under each of them, and choosing takes longer than drawing. */
export function codePixels(text: string): CodePixels {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'alphanumeric', border: QUIET_ZONE, mask: 0 });
  const size = rows.length;
  const pixels = new Uint8Array(size * size);
  for (const [y, row] of rows.entries()) for (let x = 0; x < size; x += 1) pixels[y * size + x] = row[x] ? 0 : 255;
  return { pixels, size };
}
