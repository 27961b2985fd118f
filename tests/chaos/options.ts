/** The command line of the chaos test. */
import { parseArgs } from 'node:util';
import type { Role } from './processes.ts';

export interface ChaosOptions {
  seed: number;
  kills: number;
  /** How long faults go on; settling comes after that. */
  seconds: number;
  citizens: number;
  roles: readonly Role[];
  awaySeconds: number;
  fullDiskSeconds: number;
  /** HAZIR_IN_DOUBT_MS in seconds; much longer than a status takes that is at most two seconds late. */
  inDoubtSeconds: number;
  /** Leaves the run's folder, with the logs and the database. */
  keep: boolean;
}

export const USAGE = `Usage: npm run test:chaos -- [options]
  --seed 1         what everything random follows from; a failure names it
  --seeds 1        runs with this many seeds, one after the other
  --kills 110      kill -9 of processes of Hazir, of serving processes of Postgres and of the whole server
  --seconds 180    how long faults go on; then all must settle
  --citizens 240   people who write
  --roles both,both   processes of Hazir: web, worker, both
  --away 30        seconds that the database is stopped once
  --full-disk 8    seconds that the disk is full once, where a small disk can be mounted
  --in-doubt 20    seconds that a message whose fate is unknown waits for a status
  --keep           leave the run's folder
  --json           only the JSON object, one for each seed`;

const flags = {
  seed: { type: 'string', default: '1' },
  seeds: { type: 'string', default: '1' },
  kills: { type: 'string', default: '110' },
  seconds: { type: 'string', default: '180' },
  citizens: { type: 'string', default: '240' },
  roles: { type: 'string', default: 'both,both' },
  away: { type: 'string', default: '30' },
  'full-disk': { type: 'string', default: '8' },
  'in-doubt': { type: 'string', default: '20' },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the arguments; undefined when the usage was asked for. Throws with one sentence for what it does not know. */
export function readOptions(args: readonly string[]): { runs: ChaosOptions[]; json: boolean } | undefined {
  const { values } = parseArgs({ args: [...args], options: flags });
  if (values.help) return undefined;
  const one = {
    kills: count('kills', values.kills),
    seconds: count('seconds', values.seconds),
    citizens: count('citizens', values.citizens),
    roles: values.roles.split(',').map(roleOf),
    awaySeconds: count('away', values.away),
    fullDiskSeconds: count('full-disk', values['full-disk']),
    inDoubtSeconds: count('in-doubt', values['in-doubt']),
    keep: values.keep,
  };
  const first = count('seed', values.seed);
  const runs = Array.from({ length: count('seeds', values.seeds) }, (_, index) => ({ seed: first + index, ...one }));
  return { runs, json: values.json };
}

function roleOf(text: string): Role {
  if (text === 'web' || text === 'worker' || text === 'both') return text;
  throw new Error(`--roles knows web, worker and both, not "${text}"`);
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number, not "${text}"`);
  return value;
}
