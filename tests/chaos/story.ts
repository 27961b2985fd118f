/** Everything that is known about one citizen, in the order of time: to find the fault with. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Database } from '@hazir/store';
import type { Citizen } from './citizen.ts';

const main = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));
/** How far before and after a citizen's own events the faults are told. */
const AROUND = { before: 8, after: 2 };

export interface StorySources {
  database: Database;
  /** What was done to the run. */
  events: readonly string[];
  environment: Readonly<Record<string, string>>;
}

export async function storyOf(citizen: Citizen, { database, events, environment }: StorySources): Promise<string> {
  const { contact, timeline } = citizen;
  const times = timeline.map(timeOf);
  const near = events.filter((event) =>
    times.some((time) => timeOf(event) > time - AROUND.before && timeOf(event) < time + AROUND.after),
  );
  const lines = [...timeline.map((line) => ({ line, own: true })), ...near.map((line) => ({ line, own: false }))]
    .sort((a, b) => timeOf(a.line) - timeOf(b.line))
    .map(({ line, own }) => (own ? `  ${line}` : `  -- ${line}`));
  const awaited = citizen.said[citizen.answered];
  return [
    `citizen ${contact.index}, phone ${contact.phone}, number ${contact.number.numberId}, ${contact.language}`,
    ...lines,
    ` waits for the answer to ${JSON.stringify(awaited?.step.said)} as ${awaited?.wamid}`,
    ...(await rowsOf(database, contact.phone)).map((row) => `  ${JSON.stringify(row)}`),
    awaited === undefined ? '' : trace(awaited.wamid, environment),
  ].join('\n');
}

function timeOf(line: string): number {
  return Number(line.split(' ', 1)[0]);
}

async function rowsOf(database: Database, phone: string): Promise<object[]> {
  const { rows } = await database.query(
    `select m.id, m.outbound, m.external_id, left(m.content, 90) as content, m.accepted_at, m.sent_at, m.read_at, o.state, o.attempt, o.due_at
       from contact_identities i join messages m using (organization_id, contact_id)
       left join outbox o on o.organization_id = m.organization_id and o.contact_id = m.contact_id and o.id = m.id
      where i.kind = 'phone' and i.value = $1 order by m.id`,
    [phone],
  );
  return rows;
}

function trace(wamid: string, environment: Readonly<Record<string, string>>): string {
  const { stdout } = spawnSync(process.execPath, [main, 'trace', wamid], { env: { ...process.env, ...environment } });
  return stdout.toString();
}
