/** Phones of the pack's posts: who works there is told of complaints on the same number, and writes nothing here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As the Graph API has them: digits alone. */
export function readOfficers(packFolder: string): ReadonlySet<string> {
  const table = readFileSync(join(packFolder, 'data/posts.csv'), 'utf8');
  return new Set([...table.matchAll(/,(\+[\d ]{8,20}),/g)].map(([, phone = '']) => phone.replace(/\D/g, '')));
}
