/**
 * One file of archived rows: gzip of one JSON object a line, beside it a manifest. It is written under another name, synced and
 * renamed, then read again from the disk and counted: only what can be read back counts as archived.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { HazirError } from '@hazir/core';
import type { ArchivedRow } from '@hazir/store';

export interface Written {
  rows: number;
  bytes: number;
  /** Of the compressed file. */
  sha256: string;
}

export interface Manifest extends Written {
  organization: string;
  table: string;
  /** "2025-10", or the table of rows whose month has none. */
  source: string;
  part: number;
  file: string;
  format: 'one JSON object a line, gzip';
  exportedAt: string;
}

/** Writes the rows and returns what a second reading found. Throws `archive:write` when the disk refuses. */
export async function writeArchive(path: string, rows: AsyncIterable<ArchivedRow[]>): Promise<Written> {
  const partial = `${path}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const count = await writeLines(partial, rows);
    await sync(partial);
    await rename(partial, path);
    await sync(dirname(path));
    const found = await verifyArchive(path);
    if (found.rows !== count) throw new Error(`${count} rows were written and ${found.rows} can be read`);
    return found;
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HazirError('archive:write', `The archive ${basename(path)} could not be written: ${reason}`, {
      hint: 'Nothing was deleted. Give the folder room and rights, or name another with --to, and run it again.',
      cause,
    });
  }
}

async function writeLines(path: string, rows: AsyncIterable<ArchivedRow[]>): Promise<number> {
  const zip = createGzip({ level: 6 });
  const writing = pipeline(zip, createWriteStream(path, { mode: 0o600 }));
  // A full disk ends the pipeline first: its error is the one to tell.
  const failed = writing.then(() => new Promise<never>(() => undefined));
  let count = 0;
  for await (const chunk of rows) {
    count += chunk.length;
    if (!zip.write(chunk.map(({ line }) => `${line}\n`).join(''))) await Promise.race([once(zip, 'drain'), failed]);
  }
  zip.end();
  await writing;
  return count;
}

const NEWLINE = 10;

/** Reads a file through: its rows, size and checksum. Throws when it is cut off or damaged. */
export async function verifyArchive(path: string): Promise<Written> {
  const hash = createHash('sha256');
  const read = { rows: 0, bytes: 0 };
  const unzip = createGunzip();
  unzip.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) read.rows += 1;
  });
  await pipeline(
    createReadStream(path),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk);
        read.bytes += chunk.byteLength;
        yield chunk;
      }
    },
    unzip,
  );
  return { ...read, sha256: hash.digest('hex') };
}

/** The lines of a file, in portions. */
export async function* readArchive(path: string, most: number): AsyncGenerator<string[]> {
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY });
  let portion: string[] = [];
  for await (const line of lines) {
    portion.push(line);
    if (portion.length < most) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
