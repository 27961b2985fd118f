/** Files of businesses and citizens, in memory: bounded by bytes, forgotten when Meta would forget them. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { MediaFile, World } from '../world.ts';

const DAY = 86_400_000;
const URL_LIFE_MS = 5 * 60_000;
const MOST_FILES = 20_000;

/** A business's upload is kept for 30 days, a citizen's file for 7. */
export const KEPT_MS = { business: 30 * DAY, citizen: 7 * DAY } as const;

export interface NewFile {
  bytes: Uint8Array;
  mimeType: string;
  fileName?: string | undefined;
}

/** Keeps a file; the oldest files go when there are too many bytes. */
export function keepFile(world: World, file: NewFile, keptMs: number): MediaFile {
  const { media } = world;
  const kept: MediaFile = {
    id: world.ids.object(),
    bytes: file.bytes,
    mimeType: file.mimeType,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    fileName: file.fileName,
    expiresAt: world.schedule.now() + keptMs,
  };
  media.files.set(kept.id, kept);
  media.bytes += kept.bytes.length;
  for (const oldest of media.files.values()) {
    if (oldest === kept || (media.bytes <= world.settings.mediaBytes && media.files.size <= MOST_FILES)) break;
    dropFile(world, oldest.id);
  }
  return kept;
}

/** A file that is still kept. */
export function findFile(world: World, id: string): MediaFile | undefined {
  const file = world.media.files.get(id);
  if (file === undefined || file.expiresAt > world.schedule.now()) return file;
  dropFile(world, id);
  return undefined;
}

/** False when there is no such file. */
export function dropFile(world: World, id: string): boolean {
  const file = world.media.files.get(id);
  if (file === undefined) return false;
  world.media.bytes -= file.bytes.length;
  return world.media.files.delete(id);
}

/** An address that works for five minutes of the simulator's clock, with the bearer token. */
export function signedUrl(world: World, id: string): string {
  const expires = Math.floor((world.schedule.now() + URL_LIFE_MS) / 1000);
  return `${world.settings.publicUrl}/simulator/media-cdn/${id}?ext=${expires}&hash=${signatureOf(world, id, String(expires))}`;
}

/** Whether a signed address is genuine and still works. */
export function urlHolds(world: World, id: string, query: { expires: string; hash: string }): boolean {
  const expected = Buffer.from(signatureOf(world, id, query.expires));
  const given = Buffer.from(query.hash);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
  return Number(query.expires) * 1000 > world.schedule.now();
}

function signatureOf(world: World, id: string, expires: string): string {
  return createHmac('sha256', `media ${world.settings.seed}`).update(`${id} ${expires}`).digest('base64url');
}
