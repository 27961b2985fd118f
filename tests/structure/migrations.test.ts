/** Migrations are numbered without gaps, and a shipped one is never edited. */
import { describe, expect, it } from 'vitest';
import { checksumOf, migrationFiles, RECORD, recordedChecksums } from './support/migrations.ts';

const folders = [...new Set(migrationFiles.map((path) => path.slice(0, path.lastIndexOf('/'))))];

describe.each(folders)('%s', (folder) => {
  it('is numbered without gaps', () => {
    const names = migrationFiles.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
    expect(names.filter((name) => !/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.test(name))).toEqual([]);
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
  });
});

describe('migrations', () => {
  const recorded = recordedChecksums();

  it('are recorded', () => {
    const missing = migrationFiles.filter((path) => recorded[path] === undefined);
    expect(missing, `A new migration is recorded with: node ${RECORD}`).toEqual([]);
  });

  it('are unchanged since they were recorded', () => {
    const changed = Object.keys(recorded).filter((path) => !migrationFiles.includes(path) || checksumOf(path) !== recorded[path]);
    const remedy = `Databases have run this file: put the change into a new one. If it never left your machine, take its line out of the record and run: node ${RECORD}`;
    expect(changed, remedy).toEqual([]);
  });
});
