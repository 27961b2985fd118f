/** Photos drawn on a canvas, so that a newcomer needs no file and no real street is shown. */
import { drawGarbage, drawPothole, drawStreetlight } from './scenes.ts';

export const sampleScenes = ['pothole', 'garbage', 'streetlight'] as const;
export type SampleScene = (typeof sampleScenes)[number];

const width = 960;
const height = 720;
const painters: Record<SampleScene, (canvas: CanvasRenderingContext2D) => void> = {
  pothole: drawPothole,
  garbage: drawGarbage,
  streetlight: drawStreetlight,
};

/** A JPEG of 960 by 720; rejects where the browser cannot draw. */
export async function drawSample(scene: SampleScene): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw.');
  painters[scene](context);
  addGrain(context);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('This browser cannot save a picture.'))),
      'image/jpeg',
      0.86,
    );
  });
}

/** Noise makes the drawing weigh and look like a photo. */
function addGrain(context: CanvasRenderingContext2D): void {
  const picture = context.getImageData(0, 0, width, height);
  let state = 12_345;
  for (let at = 0; at < picture.data.length; at += 4) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const noise = (state / 2_147_483_648 - 0.5) * 16;
    for (let part = 0; part < 3; part += 1) picture.data[at + part] = (picture.data[at + part] ?? 0) + noise;
  }
  context.putImageData(picture, 0, 0);
}
