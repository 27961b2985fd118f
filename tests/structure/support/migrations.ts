/** Migration files and the checksums under which they were shipped. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { files, ROOT, read } from './tree.ts';

export const CHECKSUMS = 'tests/structure/testdata/migrations.json';
/** The command that records new ones. */
export const RECORD = 'tests/structure/record-migrations.ts';

export const migrationFiles: readonly string[] = files.filter((path) =>
  /^packages\/[^/]+\/(src\/([^/]+\/){1,2})?migrations\/[^/]+$/.test(path),
);

export function recordedChecksums(): Record<string, string> {
  if (!existsSync(join(ROOT, CHECKSUMS))) return {};
  const recorded: Record<string, string> = JSON.parse(read(CHECKSUMS));
  return recorded;
}

/** SHA-256 of the text with line feeds, so that a checkout with other line ends is the same file. */
export function checksumOf(path: string): string {
  return createHash('sha256').update(read(path).replaceAll('\r\n', '\n')).digest('hex');
}
