import { expect, test } from 'vitest';
import { runChaos } from './run-chaos.ts';

const SEED = 7;

test('a small chaos: processes and the database killed, the database away, the disk full, a provider that fails', {
  timeout: 240_000,
}, async () => {
  const result = await runChaos(
    {
      seed: SEED,
      kills: 6,
      seconds: 14,
      citizens: 30,
      roles: ['both', 'both'],
      awaySeconds: 2,
      fullDiskSeconds: 2,
      inDoubtSeconds: 10,
      keep: false,
    },
    () => undefined,
  );
  // With the seed and the stories in sight when it fails.
  expect(result).toMatchObject({ seed: SEED, lost: 0, doubled: 0, misordered: 0, problems: [], stories: [] });
  expect(result.replies).toBe(result.messages);
  expect(result.messages).toBeGreaterThan(50);
  expect(Object.values(result.faults.kills).reduce((sum, kills) => sum + kills)).toBe(6);
});
