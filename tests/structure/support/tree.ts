/** The repository as data: what git tracks or would track, read once for each test file. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Every file that is tracked, or new and not ignored, as a path from the root with forward slashes. */
export const files: readonly string[] = gitFiles(['--cached', '--others', '--exclude-standard']);

/** Only what git tracks. */
export const tracked: readonly string[] = gitFiles(['--cached']);

/** The text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Names of the packages' folders, for example "core". */
export const packages: readonly string[] = [
  ...new Set(files.flatMap((path) => /^packages\/([^/]+)\/package\.json$/.exec(path)?.[1] ?? [])),
].sort();

/** TypeScript that ships: the packages' `src` without tests and what only tests use. */
export const sources: readonly string[] = files.filter(
  (path) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path) && !isTestOnly(path),
);

export function isTestOnly(path: string): boolean {
  return /\.test\.tsx?$|\/testing\.ts$|\/(testdata|testing)\//.test(path);
}

/** The package that a file belongs to; undefined outside `packages/`. */
export function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1];
}

/** Line, from 1, of a place in a text. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function gitFiles(options: readonly string[]): string[] {
  const output = execFileSync('git', ['ls-files', '-z', ...options], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split('\0'))].filter((path) => path !== '' && existsSync(join(ROOT, path))).sort();
}
