/** The command line of the benchmarks. */
import { parseArgs } from 'node:util';

export interface LoadOptions {
  mode: 'closed' | 'open' | 'burst' | 'overload';
  /** Messages under way in the closed loop. */
  citizens: number;
  /** Messages a second of the open loop. */
  rate: number;
  /** Webhooks of a burst. */
  burst: number;
  seconds: number;
  warmup: number;
  contacts: number;
  numbers: number;
  processes: number;
  split: boolean;
  readReceipts: boolean;
  graphDelayMs: number;
  connections: number;
  profile: string | undefined;
  /** Count what every statement costs. */
  statements: boolean;
  keep: boolean;
  json: boolean;
}

export const USAGE = `Usage: npm run bench:path -- [mode] [options]
  --closed [CITIZENS]   default: each next message only after the reply and its three statuses; 1500 under way
  --open RATE           RATE messages a second on a fixed schedule
  --burst N             N messages as fast as they are acknowledged
  --overload            twice the rate of the closed loop for 20 s, then nothing: how long until all are answered
  --seconds 60          measured window          --warmup 8        seconds before it
  --contacts 50000      citizens                 --numbers 4       WhatsApp numbers, in two organizations
  --processes 1         processes of Hazir       --split           web and worker as processes of their own
  --no-read-receipts    messages are not marked as read
  --graph-delay 0       milliseconds of the fake Graph API to an answer
  --connections 256     most connections for webhooks
  --profile FOLDER      processor profiles of Hazir
  --statements          the costliest statements of Postgres (counting them costs a little)
  --keep                leave the run's folder, with Hazir's log and the database
  --json                one JSON object`;

const DEFAULT_CITIZENS = '1500';

const flags = {
  closed: { type: 'boolean' },
  open: { type: 'string' },
  burst: { type: 'string' },
  overload: { type: 'boolean' },
  seconds: { type: 'string', default: '60' },
  warmup: { type: 'string', default: '8' },
  contacts: { type: 'string' },
  numbers: { type: 'string', default: '4' },
  processes: { type: 'string', default: '1' },
  split: { type: 'boolean', default: false },
  'no-read-receipts': { type: 'boolean', default: false },
  'graph-delay': { type: 'string', default: '0' },
  connections: { type: 'string', default: '256' },
  profile: { type: 'string' },
  statements: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const CONTACTS = 50_000;
/** An overload needs citizens who wait while others wait already. */
const CONTACTS_IN_OVERLOAD = 150_000;

/** Reads the arguments; undefined when the usage was asked for. Throws with one sentence for what it does not know. */
export function readOptions(args: readonly string[]): LoadOptions | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true });
  if (values.help) return undefined;
  const mode = values.open ? 'open' : values.burst ? 'burst' : values.overload ? 'overload' : 'closed';
  const contacts = values.contacts ?? (mode === 'overload' ? CONTACTS_IN_OVERLOAD : CONTACTS);
  return {
    mode,
    citizens: count('closed', positionals[0] ?? DEFAULT_CITIZENS),
    rate: count('open', values.open ?? '0'),
    burst: count('burst', values.burst ?? '0'),
    seconds: count('seconds', values.seconds),
    warmup: count('warmup', values.warmup),
    contacts: count('contacts', String(contacts)),
    numbers: count('numbers', values.numbers),
    processes: count('processes', values.processes),
    split: values.split,
    readReceipts: !values['no-read-receipts'],
    graphDelayMs: count('graph-delay', values['graph-delay']),
    connections: count('connections', values.connections),
    profile: values.profile,
    statements: values.statements,
    keep: values.keep,
    json: values.json,
  };
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, not "${text}"`);
  return value;
}
