/** Takes voice messages away that are older than the operator keeps them; that there was one, and its words, stay. */
import type { FileStore, Log } from '@hazir/runtime';
import { type Database, forgetVoice } from '@hazir/store';

const DAY_MS = 86_400_000;
const AT_ONCE = 500;

export async function expireVoice(about: {
  database: Database;
  files: FileStore;
  log: Log;
  days: number;
  now: number;
}): Promise<number> {
  const { database, files, log, days, now } = about;
  if (days === 0) return 0;
  let total = 0;
  for (;;) {
    const { forgotten, unused } = await forgetVoice(database, { before: new Date(now - days * DAY_MS), most: AT_ONCE });
    for (const hash of unused) await files.remove(hash);
    total += forgotten;
    if (forgotten < AT_ONCE) break;
  }
  if (total > 0) log('info', 'voice_expired', { messages: total });
  return total;
}
