/** A small disk that can be filled to the last byte: a tmpfs where the machine lets us mount one. */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@hazir/store';

export interface Disk {
  folder: string;
  /** False where nothing could be mounted: then it is never filled. */
  small: boolean;
  /** Takes every byte that is free; the result gives them back. */
  fill: () => () => void;
  remove: () => Promise<void>;
}

const MEGABYTES = 900;

export async function openDisk(): Promise<Disk> {
  const folder = await makeTemporaryFolder('hazir-chaos-');
  const small = process.platform === 'linux' && mount(folder);
  // The embedded database runs as another account where we are root.
  await chmod(folder, 0o755);
  return {
    folder,
    small,
    fill: () => fill(join(folder, 'ballast')),
    remove: async () => {
      if (small) spawnSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function mount(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder]).status === 0;
}

function fill(path: string): () => void {
  const file = openSync(path, 'w');
  for (const block of [1024 * 1024, 4096].map((size) => Buffer.alloc(size, 1))) {
    try {
      for (;;) if (writeSync(file, block) < block.length) break;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
  return () => unlinkSync(path);
}
