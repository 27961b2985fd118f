/** Pictures of QR codes, clean or as a phone takes them. */
import { encode as encodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { encode } from 'uqr';

export interface PictureOptions {
  /** Pixels of one module. */
  scale?: number;
  /** By how many degrees the code is turned. */
  turn?: number;
  /** How far each grey may be off, 0 to 255. */
  noise?: number;
  /** The text's characters, 0 to 255, are bytes: a binary code. */
  bytes?: boolean;
}

interface Pixels {
  width: number;
  height: number;
  data: Buffer;
}

/** A PNG of a text as QR code. */
export function qrPng(text: string, options: PictureOptions = {}): Buffer {
  const { width, height, data } = draw(text, options);
  const png = new PNG({ width, height });
  data.copy(png.data);
  return PNG.sync.write(png);
}

/** A JPEG of a text as QR code. */
export function qrJpeg(text: string, options: PictureOptions = {}): Buffer {
  return encodeJpeg(draw(text, options), 70).data;
}

/** A film of one still picture (YUV4MPEG2), for a browser's fake camera. */
export function qrFilm(text: string): Buffer {
  const { width, height, data } = draw(text, { scale: 6 });
  const side = width - (width % 2);
  const grey = Buffer.alloc(side * side, 255);
  for (let y = 0; y < Math.min(side, height); y += 1) {
    for (let x = 0; x < side; x += 1) grey[y * side + x] = data[(y * width + x) * 4] ?? 255;
  }
  const colours = Buffer.alloc((side * side) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, colours]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${side} H${side} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

function draw(text: string, { scale = 4, turn = 0, noise = 0, bytes }: PictureOptions): Pixels {
  const { data: modules, size } = encode(bytes === true ? [...Buffer.from(text, 'latin1')] : text, { ecc: 'M', border: 4 });
  const width = Math.ceil(size * scale * 1.4);
  const data = Buffer.alloc(width * width * 4, 255);
  const angle = (turn * Math.PI) / 180;
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [x - width / 2, y - width / 2];
      const column = Math.floor((dx * Math.cos(angle) + dy * Math.sin(angle)) / scale + size / 2);
      const row = Math.floor((dy * Math.cos(angle) - dx * Math.sin(angle)) / scale + size / 2);
      const grey = modules[row]?.[column] ? 40 : 215;
      data.fill(
        Math.max(0, Math.min(255, grey + (Math.random() - 0.5) * 2 * noise)),
        (y * width + x) * 4,
        (y * width + x) * 4 + 3,
      );
    }
  }
  return { width, height: width, data };
}
