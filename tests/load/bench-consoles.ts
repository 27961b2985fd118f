/**
 * `npm run bench:consoles`: how soon officers see what citizens write. So many consoles are open at once, each with its stream of events and
 * the questions that the page asks; citizens write to them on a fixed schedule, through the webhook. Everything is on this machine.
 */
import { parseArgs } from 'node:util';
import { connect, type Database, ensureOrganization } from '@hazir/store';
import { databaseUrl } from '../support/database-url.ts';
import { addTestOfficer } from '../support/officers.ts';
import { type Console, openOfficersConsole } from './consoles/console.ts';
import { cpuBetween, readCpu } from './harness/cpu.ts';
import { freePort, furnish, organizationOf, PACK_FOLDER, planNumbers, startHazir } from './harness/hazir.ts';
import { modelsOf, seedContacts } from './harness/seed.ts';
import { type Ground, openGround } from './harness/stage.ts';
import { startWorld } from './harness/world-process.ts';
import { type Contact, makeContact, openNumbers } from './world/contacts.ts';
import { messageChange, webhookBody } from './world/envelopes.ts';
import { percentile } from './world/tally.ts';
import { createWebhookClient } from './world/webhook-client.ts';

const NUMBERS = 2;
const TICKETS_EACH = 10;
/** Events are to be with the right console by then, at the 95th percentile. */
const BAR_MS = 500;
const DRAIN_MS = 3_000;
const SLICE_MS = 50;

interface Plan {
  consoles: number;
  /** Messages a second. */
  rate: number;
  seconds: number;
}

const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      consoles: { type: 'string', default: '200' },
      rate: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '30' },
      json: { type: 'boolean', default: false },
    },
  });
  const plan = { consoles: Number(values.consoles), rate: Number(values.rate), seconds: Number(values.seconds) };
  const ground = await openGround({ keep: false, statements: false });
  try {
    const result = await measure(ground, plan);
    process.stdout.write(`${values.json ? JSON.stringify(result) : table(result)}\n`);
    if (result.p95Ms > BAR_MS || result.missed > 0) process.exitCode = 1;
  } finally {
    await ground.close();
  }
}

async function measure(ground: Ground, plan: Plan) {
  await ground.postgres.database.query('create database consoles');
  const place = { databaseUrl: databaseUrl(ground.postgres.url, 'consoles'), folder: ground.folder };
  const database = connect(place.databaseUrl, { poolSize: 4 });
  const [world, port, numbers] = [startWorld(), await freePort(), planNumbers(NUMBERS)];
  const contacts = plan.consoles * TICKETS_EACH * NUMBERS;
  const shape = { numbers, contacts, graphDelayMs: 0, connections: 16, silent: 0, packFolder: PACK_FOLDER, graphPort: 0 };
  const graphPort = await world.open({ ...shape, ports: [port] });
  tell('packs, numbers, citizens and officers ...');
  const graphUrl = `http://127.0.0.1:${graphPort}`;
  await furnish(database, { ...place, numbers, graphUrl, messagesPerSecond: 1_000, readReceipts: true });
  const hazir = await startHazir({ ...place, webPorts: [port], workers: 0, split: false });
  try {
    await world.introduce(modelsOf({ numbers: NUMBERS, contacts }));
    await seedContacts(database, { numbers: NUMBERS, contacts });
    const desk = await openDesk(database, plan);
    const cpu = () => readCpu({ hazir: hazir.pids, postgres: [ground.postgres.pid], load: [process.pid, world.pid] });
    return await converse(plan, { url: `http://127.0.0.1:${port}`, port, desk, cpu });
  } finally {
    await hazir.stop();
    await world.close();
    await world.end();
    await database.close();
  }
}

interface Desk {
  emails: string[];
  /** Of each officer: contact to ticket. */
  tickets: Map<string, string>[];
  /** Who writes. */
  citizens: { contact: Contact; contactId: string }[];
}

/** Officers with their tickets, all of one organization. */
async function openDesk(database: Database, { consoles }: Plan): Promise<Desk> {
  const { id: organizationId } = await ensureOrganization(database, organizationOf(0), organizationOf(0));
  const emails = Array.from({ length: consoles }, (_, index) => `agent-${index}@demo.invalid`);
  for (const email of emails) await addTestOfficer(database, email, [{ role: 'agent', organizationId }]);
  const { rows } = await database.query<{ email: string; contactId: string; id: string; phone: string }>(
    `with agents as (select id, email, row_number() over (order by email) - 1 as place from officers),
          people as (select contact_id, value as phone, row_number() over (order by value) - 1 as place from contact_identities
                      where organization_id = $1 and kind = 'phone' and valid_to is null order by value limit $2),
          opened as (insert into tickets (organization_id, contact_id, id, channel_id, topic, summary, data, assignee_id, assigned_at, answered_at)
            select $1, p.contact_id, gen_random_uuid(), c.channel_id, 'medical', '', '{}', a.id, now(), now() from people p
              join agents a on a.place = p.place % $3 join conversations c on c.organization_id = $1 and c.contact_id = p.contact_id
            returning id, contact_id, assignee_id)
     select o.email, t.contact_id as "contactId", t.id, p.phone from opened t join officers o on o.id = t.assignee_id join people p using (contact_id)`,
    [organizationId, consoles * TICKETS_EACH, consoles],
  );
  // As taking a ticket does: whoever works the number reads anew who talks.
  await database.query('update conversations set version = version + 1 where organization_id = $1', [organizationId]);
  const known = openNumbers(planNumbers(NUMBERS));
  const byPhone = new Map(rows.map((row) => [row.phone, row.contactId]));
  const people = Array.from({ length: consoles * TICKETS_EACH * NUMBERS }, (_, index) => makeContact(index, known));
  return {
    emails,
    tickets: emails.map(
      (email) => new Map(rows.filter((row) => row.email === email).map(({ contactId, id }) => [contactId, id])),
    ),
    citizens: people.flatMap((contact) => {
      const contactId = byPhone.get(contact.phone);
      return contactId === undefined ? [] : [{ contact, contactId }];
    }),
  };
}

interface House {
  url: string;
  port: number;
  desk: Desk;
  cpu: () => ReturnType<typeof readCpu>;
}

async function converse(plan: Plan, { url, port, desk, cpu }: House) {
  const [waits, questions, sentAt]: [number[], number[], Map<string, number>] = [[], [], new Map()];
  let refused = 0;
  const heard = (contactId: string) => {
    const at = sentAt.get(contactId);
    if (at === undefined || !sentAt.delete(contactId)) return;
    waits.push(performance.now() - at);
  };
  const asked = (ms: number, status: number) => {
    questions.push(ms);
    if (status !== 200) refused += 1;
  };
  tell(`${desk.emails.length} consoles ...`);
  const consoles: Console[] = [];
  for (const [index, email] of desk.emails.entries()) {
    const tickets = desk.tickets[index] ?? new Map();
    const [open = ''] = [...tickets.values()];
    consoles.push(await openOfficersConsole({ url, email, tickets, open, heard, asked }));
  }
  tell(`${plan.rate} messages a second for ${plan.seconds} s ...`);
  const client = createWebhookClient({ ports: [port], connections: 32 });
  const before = cpu();
  const startedAt = performance.now();
  let sent = 0;
  for (; performance.now() - startedAt < plan.seconds * 1_000; await pause(SLICE_MS)) {
    for (const due = ((performance.now() - startedAt) / 1_000) * plan.rate; sent < due; sent += 1) {
      const one = desk.citizens[sent % desk.citizens.length];
      if (one === undefined) continue;
      const { contact, contactId } = one;
      sentAt.set(contactId, performance.now());
      const said = messageChange(contact, { text: 'hello sister' }, `wamid.${contact.phone}.${sent}`);
      client.post(webhookBody(contact.number.businessId, [said]), contact.number.key, () => undefined);
    }
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = cpu();
  await pause(DRAIN_MS);
  client.close();
  for (const one of consoles) one.close();
  return {
    ...{ consoles: plan.consoles, messagesPerSecond: Math.round(sent / seconds), seconds: Math.round(seconds) },
    ...{ heard: waits.length, missed: sent - waits.length },
    ...{ p50Ms: percentile(waits, 0.5), p95Ms: percentile(waits, 0.95), p99Ms: percentile(waits, 0.99) },
    ...{ questions: questions.length, questionP95Ms: percentile(questions, 0.95), refused },
    cpuCores: cpuBetween(before, after).cores,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function table(object: object): string {
  return Object.entries(object)
    .map(([name, value]) => `${name.padEnd(24)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('\n');
}

await main();
