/**
 * `npm run test:chaos`: conversations while everything is killed, filled and cut off; at the end nothing is lost, nothing is
 * doubled and nothing is out of order. docs/how-to/chaos.md says how to read it.
 */
import { readOptions, USAGE } from './options.ts';
import { type ChaosResult, runChaos } from './run-chaos.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const asked = readOptions(process.argv.slice(2));
if (asked === undefined) process.stdout.write(`${USAGE}\n`);
for (const run of asked?.runs ?? []) {
  const result = await runChaos(run, (sentence) => void process.stderr.write(`${sentence}\n`));
  const { stories, ...object } = result;
  if (asked?.json !== true) process.stdout.write(`${table(result)}\n`);
  for (const story of stories) process.stderr.write(`seed ${run.seed}: ${story}\n`);
  process.stdout.write(`${JSON.stringify(object)}\n`);
  if (result.problems.length > 0) process.exitCode = 1;
}

function table(result: ChaosResult): string {
  const { kills, frozen, awaySeconds, fullDisks } = result.faults;
  const total = Object.values(kills).reduce((sum, one) => sum + one, 0);
  const rows: [string, string | number][] = [
    ['seed', result.seed],
    ['lost', result.lost],
    ['doubled', result.doubled],
    ['misordered', result.misordered],
    ['kills', `${total}  (${list(kills)})`],
    ['frozen and thawed', frozen],
    ['database away', `${awaySeconds} s`],
    ['disk full', fullDisks > 0 ? 'once, to the last byte' : 'not in this run'],
    ['messages, replies', `${result.messages}, ${result.replies}`],
    ['webhooks', list(result.webhooks)],
    ['Graph API', list(result.graph)],
    ['settled after', `${result.settleSeconds} s`],
    ['stopped in order in', `${result.stopMs} ms`],
    ...result.problems.slice(0, 20).map((sentence): [string, string] => ['PROBLEM', sentence]),
  ];
  return rows.map(([name, value]) => `${name.padEnd(22)}${value}`).join('\n');
}

function list(counts: object): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
