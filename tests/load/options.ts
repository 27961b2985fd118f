/** The command line of the benchmarks. */
import { parseArgs } from 'node:util';

const MODES = ['open', 'burst', 'overload', 'fairness', 'broadcast', 'closed'] as const;

export interface LoadOptions {
  mode: (typeof MODES)[number];
  /** Messages under way in the closed loop. */
  citizens: number;
  /** Messages a second of the open loop. */
  rate: number;
  /** Webhooks of a burst. */
  burst: number;
  /** Recipients of a broadcast. */
  broadcast: number;
  seconds: number;
  /** Seconds of each part that a long window is measured in; 0: in one. */
  slice: number;
  warmup: number;
  contacts: number;
  numbers: number;
  processes: number;
  /** Web and worker are processes of their own. */
  split: boolean;
  /** Webhooks come on the port for a proxy. */
  behindProxy: boolean;
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
  --fairness            one organization at 10/s, alone and beside another at 1000/s; three windows of each
  --broadcast N         200 replies a second on one number, without and beside a broadcast to N citizens
  --seconds 60          measured window          --warmup 8        seconds before it
  --slice 0             open loop: measure in parts of so many seconds, to see what changes
  --contacts 50000      citizens                 --numbers 4       WhatsApp numbers, in two organizations
  --processes 2         of Hazir: one takes webhooks in, the others work numbers
  --together            each process does both   --no-proxy        webhooks on the ordinary port, through node:http
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
  fairness: { type: 'boolean' },
  broadcast: { type: 'string' },
  seconds: { type: 'string', default: '60' },
  slice: { type: 'string', default: '0' },
  warmup: { type: 'string', default: '8' },
  contacts: { type: 'string' },
  numbers: { type: 'string', default: '4' },
  processes: { type: 'string', default: '2' },
  together: { type: 'boolean', default: false },
  'no-proxy': { type: 'boolean', default: false },
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

/**
 * Reads the arguments; undefined when the usage was asked for. Throws with one sentence for what it does not know. `own`: further
 * options of a benchmark with their defaults, or another default for one of these.
 */
export function readOptions<Own extends string>(
  args: readonly string[],
  own: Readonly<Record<Own, string>>,
): { options: LoadOptions; own: Record<Own, string> } | undefined {
  const further = Object.entries<string>(own).map(([name, value]) => [name, { type: 'string', default: value }] as const);
  const settings = { args: [...args], options: { ...flags, ...Object.fromEntries(further) }, allowPositionals: true };
  const { values: parsed, positionals } = parseArgs(settings);
  const values: Record<string, unknown> = parsed;
  if (values.help === true) return undefined;
  const text = (name: string, absent = '') => String(values[name] ?? absent);
  const number = (name: string, absent?: string) => count(name, text(name, absent));
  const mode = MODES.find((name) => values[name] !== undefined && values[name] !== false) ?? 'closed';
  const profile = text('profile');
  const options: LoadOptions = {
    mode,
    citizens: count('closed', positionals[0] ?? DEFAULT_CITIZENS),
    rate: number('open', '0'),
    burst: number('burst', '0'),
    broadcast: number('broadcast', '0'),
    seconds: number('seconds'),
    slice: number('slice'),
    warmup: number('warmup'),
    contacts: number('contacts', String(mode === 'overload' ? CONTACTS_IN_OVERLOAD : CONTACTS)),
    numbers: mode === 'broadcast' ? 1 : number('numbers'),
    processes: number('processes'),
    split: values.together !== true && number('processes') > 1,
    behindProxy: values['no-proxy'] !== true,
    readReceipts: values['no-read-receipts'] !== true,
    graphDelayMs: number('graph-delay'),
    connections: number('connections'),
    profile: profile === '' ? undefined : profile,
    statements: values.statements === true,
    keep: values.keep === true,
    json: values.json === true,
  };
  const mine = { ...own };
  for (const [name] of further) Object.assign(mine, { [name]: text(name) });
  return { options, own: mine };
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, not "${text}"`);
  return value;
}
