/** Records the checksums of migrations that are not recorded yet; what is recorded stays as it is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKSUMS, checksumOf, migrationFiles, recordedChecksums } from './support/migrations.ts';
import { ROOT } from './support/tree.ts';

const recorded = recordedChecksums();
const added = migrationFiles.filter((path) => recorded[path] === undefined);
const all = { ...recorded, ...Object.fromEntries(added.map((path) => [path, checksumOf(path)])) };
const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(ROOT, CHECKSUMS), `${JSON.stringify(sorted, null, 2)}\n`);
process.stdout.write(added.length === 0 ? 'Nothing new.\n' : `Recorded: ${added.join(', ')}\n`);
