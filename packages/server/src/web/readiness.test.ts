import type { Backlog } from '@hazir/store';
import { describe, expect, test } from 'vitest';
import { type ReadinessParts, readReadiness } from './readiness.ts';

const QUIET: Backlog = { inbox: [], outbox: [], parked: [], stopped: [], oldestInputMs: 0, workers: 1 };
const parts = (changed: Partial<ReadinessParts>): ReadinessParts => ({
  role: 'both',
  backlog: async () => QUIET,
  missingMigrations: async () => [],
  spool: () => ({ bytes: 0, mostBytes: 10 }),
  stopping: () => false,
  hopelessMs: 60_000,
  ...changed,
});
const away = { backlog: () => Promise.reject(new Error('away')), missingMigrations: () => Promise.reject(new Error('away')) };
const full = { spool: () => ({ bytes: 99, mostBytes: 100 }) };
const hopeless = { backlog: async () => ({ ...QUIET, oldestInputMs: 61_000 }) };

describe('a load balancer', () => {
  test.each<[string, Partial<ReadinessParts>, number, number]>([
    ['keeps a process with nothing to complain of', {}, 0, 0],
    ['keeps a web process whose spool takes what the database cannot', { role: 'web', ...away }, 0, 1],
    ['keeps a process of both roles for the same reason', { role: 'both', ...away }, 0, 1],
    ['takes out a worker without its database', { role: 'worker', ...away }, 1, 0],
    ['takes out a web process that can take nothing any more', { role: 'web', ...away, ...full }, 2, 0],
    ['takes out the one process that does not keep up', { role: 'both', ...hopeless }, 1, 0],
    ['shows a worker that does not keep up', { role: 'worker', ...hopeless }, 1, 0],
    ['keeps a web process when the workers do not keep up', { role: 'web', ...hopeless }, 0, 1],
    ['takes out a process whose tables are missing', { missingMigrations: async () => ['0-store/0009-x'] }, 1, 0],
    ['takes out a process that stops', { stopping: () => true }, 1, 0],
    [
      'keeps a process with a stopped number, which is one of many',
      {
        backlog: async () => ({
          ...QUIET,
          stopped: [{ organization: 'a', channelId: 7, account: 'n', name: 'N', reason: '190', since: new Date() }],
        }),
      },
      0,
      1,
    ],
  ])('%s', async (_what, changed, reasons, warnings) => {
    const found = await readReadiness(parts(changed));
    expect([found.reasons.length, found.warnings.length]).toEqual([reasons, warnings]);
  });
});
