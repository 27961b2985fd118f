/**
 * The rush for a hundred seats: 2,000 citizens write at once, over real sockets, to a Hazir that is killed in the middle, and every
 * webhook is delivered three times. Exactly a hundred are booked, the rest stand in line in order, nobody twice.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Database, ensureOrganization, saveChannel } from '@hazir/store';
import { afterAll, expect, test } from 'vitest';
import { createDice } from '../chaos/dice.ts';
import { startProcesses } from '../chaos/processes.ts';
import { freePort, planNumbers } from '../load/harness/hazir.ts';
import { type Contact, indexOfPhone, makeContact, openNumbers } from '../load/world/contacts.ts';
import { messageChange, statusChange, webhookBody } from '../load/world/envelopes.ts';
import { listenGraph } from '../load/world/graph.ts';
import { readSent } from '../load/world/replies.ts';
import { createWebhookClient, type WebhookClient } from '../load/world/webhook-client.ts';
import { runHazir } from '../support/command.ts';
import { openTestDatabase } from '../support/database.ts';

const CITIZENS = 2_000;
const SEATS = 100;
const COPIES = 3;
const IN_BODY = 5;
const LATE_MS = 1_500;
const AGAIN_MS = 150;
const KILL_AFTER = 60;
const SEED = 11;
const ORGANIZATION = 'rush';
const PACK = fileURLToPath(new URL('../support/packs/rush', import.meta.url));

const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

test(`${CITIZENS} citizens, ${SEATS} seats, kill -9 in the middle, every webhook ${COPIES} times`, {
  timeout: 300_000,
}, async () => {
  const database = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'hazir-rush-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const dice = createDice(SEED);
  const port = await freePort();
  const client = createWebhookClient({ ports: [port], connections: 32 });
  const [plan] = planNumbers(1);
  if (plan === undefined) throw new Error('one number is planned');
  const [number] = openNumbers([plan]);
  if (number === undefined) throw new Error('one number is open');
  const citizens = Array.from({ length: CITIZENS }, (_, index) => makeContact(index, [number]));
  const told = new Map<Contact, Map<string, string>>();
  const deliver = (changes: readonly string[]) =>
    post(client, { body: webhookBody(number.businessId, changes), key: number.key });
  let sent = 0;
  const graph = await listenGraph((_number, body) => {
    const message = readSent(body);
    if (message === undefined) return { status: 200, body: '{"success":true}' };
    const citizen = citizens[indexOfPhone(message.to)];
    const wamid = `wamid.rush${sent++}`;
    if (citizen !== undefined) {
      const heard = told.get(citizen) ?? new Map<string, string>();
      heard.set(message.tracker, message.text);
      told.set(citizen, heard);
      void deliver([statusChange(citizen, 'delivered', { wamid, tracker: message.tracker })]);
    }
    return {
      status: 200,
      body: `{"messaging_product":"whatsapp","contacts":[{"input":"+${message.to}","wa_id":"${message.to}"}],"messages":[{"id":"${wamid}"}]}`,
    };
  });
  closers.push(graph.close, async () => client.close());
  await furnish(database, { folder, graphUrl: `http://127.0.0.1:${graph.port}`, plan });
  const processes = startProcesses({
    roles: [{ role: 'both', port }],
    folder,
    environment: { DATABASE_URL: database.url, HAZIR_DATA_DIR: join(folder, 'files'), HAZIR_IN_DOUBT_MS: '5000' },
    dice,
  });
  closers.push(processes.stop);
  await processes.ready();

  const delivered = Promise.all(
    citizensInBodies(citizens).flatMap((changes) =>
      Array.from({ length: COPIES }, () => late(dice.next() * LATE_MS).then(() => deliver(changes))),
    ),
  );
  await expect
    .poll(() => count(database, `appointments where status = 'booked'`), { timeout: 60_000, interval: 5 })
    .toBeGreaterThan(KILL_AFTER);
  expect(await count(database, 'appointment_waits')).toBeLessThan(CITIZENS - SEATS);
  processes.slots[0]?.child?.kill('SIGKILL');
  await delivered;
  await expect.poll(() => told.size, { timeout: 180_000, interval: 100 }).toBe(CITIZENS);
  await expect.poll(() => count(database, 'inbox'), { timeout: 60_000 }).toBe(0);

  expect(processes.slots[0]?.starts).toBe(2);
  expect(await count(database, `appointments where status <> 'booked'`)).toBe(0);
  const { rows } = await database.query<{
    booked: number;
    people: number;
    seats: number;
    references: number;
    waiting: number;
    numbers: number;
    last: number;
    both: number;
  }>(
    `select (select count(*) from appointments)::int as booked, (select count(distinct contact_id) from appointments)::int as people,
            (select count(distinct appointment_id) from appointment_seats)::int as seats,
            (select count(distinct reference) from appointments)::int as references,
            count(distinct w.contact_id)::int as waiting, count(distinct w.number)::int as numbers, max(w.number) as last,
            (count(*) filter (where exists (select 1 from appointments a where a.contact_id = w.contact_id)))::int as both
       from appointment_waits w where w.status = 'waiting'`,
  );
  const waiting = CITIZENS - SEATS;
  expect(rows).toEqual([
    { booked: SEATS, people: SEATS, seats: SEATS, references: SEATS, waiting, numbers: waiting, last: waiting, both: 0 },
  ]);

  // Nobody has heard two things, and what they heard is true.
  const words = [...told.values()].map((heard) => [...heard.values()]);
  expect(words.filter((each) => each.length !== 1)).toEqual([]);
  const kept = await database.query<{ words: string }>(
    `select format('Booked: %s, secret %s.', reference, secret) as words from appointments
     union all select format('You are number %s in line.', number) from appointment_waits`,
  );
  expect(words.flat().sort()).toEqual(kept.rows.map((row) => row.words).sort());
});

/** Publishes the pack, connects the number and brings in a session of one slot. */
async function furnish(
  database: Database,
  { folder, graphUrl, plan }: { folder: string; graphUrl: string; plan: ReturnType<typeof planNumbers>[number] },
): Promise<void> {
  const file = join(folder, 'sessions.csv');
  const date = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await writeFile(
    file,
    `session,resource,name,address,date,from,to,capacity,kind\nrush,centre,Centre,Main road,${date},09:00,17:00,${SEATS},rush\n`,
  );
  const run = async (args: string[]) =>
    expect((await runHazir(database, args, { HAZIR_DATA_DIR: join(folder, 'files') })).code).toBe(0);
  const { id } = await ensureOrganization(database, ORGANIZATION, ORGANIZATION);
  await run(['pack', 'publish', PACK, '--organization', ORGANIZATION]);
  await run(['appointments', 'import', file, '--organization', ORGANIZATION]);
  await saveChannel(database, {
    ...{ organizationId: id, accountId: plan.numberId, businessId: plan.businessId, appSecret: plan.appSecret },
    ...{ accessToken: 'rush-token', verifyToken: 'rush-verify', messagesPerSecond: 1_000, readReceipts: false },
    ...{ baseUrl: graphUrl, version: 'v25.0', pack: 'rush', appId: null, channelType: 'whatsapp' },
    ...{ name: 'Rush', displayPhone: `+${plan.digits}` },
  });
}

/** First words of all, a few citizens in each body. */
function citizensInBodies(citizens: readonly Contact[]): string[][] {
  const changes = citizens.map((citizen) => messageChange(citizen, { text: 'Book' }, `wamid.citizen${citizen.index}`));
  return Array.from({ length: Math.ceil(changes.length / IN_BODY) }, (_, body) =>
    changes.slice(body * IN_BODY, (body + 1) * IN_BODY),
  );
}

/** Posts until it is answered with 200, as Meta does. */
async function post(
  client: WebhookClient,
  { body, key }: { body: string; key: Parameters<WebhookClient['post']>[1] },
): Promise<void> {
  for (;;) {
    const status = await new Promise<number>((done) => client.post(body, key, done));
    if (status === 200) return;
    await late(AGAIN_MS);
  }
}

function late(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function count(database: Database, from: string): Promise<number> {
  const { rows } = await database.query<{ many: number }>(`select count(*)::int as many from ${from}`);
  return rows[0]?.many ?? 0;
}
