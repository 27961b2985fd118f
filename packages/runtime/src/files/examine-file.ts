/** What is to be kept of a citizen's file: the bytes without what they tell about the citizen, and what a photo said of its place and time. */
import { readPhotoFacts } from './photo-facts.ts';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';
import { typeOfFile } from './type-of-file.ts';

export interface Examined {
  bytes: Uint8Array;
  mimeType: string;
  /** Where a photo was taken, WGS 84. */
  position?: { latitude: number; longitude: number };
  takenAt?: Date;
}

/** Looks at a file whose type was declared by its sender; never throws for what is in it. */
export async function examineFile(bytes: Uint8Array, declared: string): Promise<Examined> {
  const mimeType = await typeOfFile(bytes, declared);
  if (!mimeType.startsWith('image/')) return { bytes, mimeType };
  const { orientation, ...facts } = await readPhotoFacts(bytes);
  if (mimeType === 'image/jpeg') return { bytes: stripJpeg(bytes, orientation), mimeType, ...facts };
  return { bytes: mimeType === 'image/png' ? stripPng(bytes) : bytes, mimeType, ...facts };
}
