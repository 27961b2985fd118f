/** Finds the QR code in what a camera or a file shows. Nothing leaves the page. */
import { decodeQR } from 'qr/decode.js';

/** Longest side in pixels at which a picture is looked at, one after another: dense codes need much, noisy photos less. */
const SIDES = [1_200, 2_000, 700];
const EFFORT = 3;
const PICTURE_MS = 1_500;
const FRAME_MS = 120;
const BETWEEN_FRAMES_MS = 150;

/** The text of the code in a picture; undefined when there is none, or when it is no picture. */
export async function findInPicture(file: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  for (const side of SIDES) {
    const text = findIn(bitmap, { width: bitmap.width, height: bitmap.height, side, timeLimit: PICTURE_MS });
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Shows the camera in `video` until a code is seen; undefined when it was aborted. Throws when there is no camera. */
export async function findWithCamera(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1_280 } } });
  video.srcObject = stream;
  video.hidden = false;
  try {
    await video.play();
    while (!signal.aborted) {
      const { videoWidth: width, videoHeight: height } = video;
      const text = width === 0 ? undefined : findIn(video, { width, height, side: SIDES[0] ?? width, timeLimit: FRAME_MS });
      if (text !== undefined) return text;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_FRAMES_MS));
    }
    return undefined;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.hidden = true;
  }
}

function findIn(
  source: CanvasImageSource,
  { width, height, side, timeLimit }: { width: number; height: number; side: number; timeLimit: number },
): string | undefined {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), { effort: EFFORT, timeLimit, textDecoder: asBytes });
  } catch {
    return undefined;
  }
}

/** A code may hold bytes that are no text: each becomes one character. */
function asBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
