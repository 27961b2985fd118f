/** Puts a file into the store: seen by the scanner, without what it tells about its sender. */
import { HazirError } from '@hazir/core';
import type { FetchedContent } from '@hazir/store';
import type { FileStore } from '../deps.ts';
import { examineFile } from './examine-file.ts';

/** Throws `media:infected` for what may do harm; nothing of it is kept. `content` is what is kept. */
export async function keepFile(
  files: FileStore,
  { bytes, mimeType }: { bytes: Uint8Array; mimeType: string },
): Promise<FetchedContent & { content: Uint8Array }> {
  if ((await files.scan?.(bytes)) === 'infected')
    throw new HazirError('media:infected', 'The scanner found something that may do harm.');
  const { bytes: content, ...facts } = await examineFile(bytes, mimeType);
  return { ...facts, ...(await files.put(content)), content };
}
