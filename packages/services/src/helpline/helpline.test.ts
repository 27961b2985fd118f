import { property } from '@hazir/core';
import { type Database, ensureOrganization, saveChannel } from '@hazir/store';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { Told } from '../tell.ts';
import { attempt, citizen, must } from '../testing.ts';
import { callOnDuty } from './call-on-duty.ts';
import type { Helplines } from './desk.ts';
import { followUp } from './follow-up.ts';
import { offerTickets } from './offer-tickets.ts';
import { minutesUntil } from './outlook.ts';
import { addAgent, addContact, DESKS, loadHelpline } from './testing.ts';

/** A Sunday: supplies are closed. */
const NOW = new Date('2026-11-22T09:00:00.000Z');
const MINUTE = 60_000;
const services = loadHelpline();

let database: Database;
let organizationId: number;
let channelId: number;
let helplines: Helplines;
let count = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});

/** Every test has an organization of its own. */
beforeEach(async () => {
  count += 1;
  organizationId = (await ensureOrganization(database, `ncw-${count}`, 'Helpline')).id;
  const number = {
    accountId: `number-${count}`,
    businessId: 'b',
    name: 'n',
    displayPhone: '',
    pack: 'p',
    baseUrl: 'http://localhost',
  };
  const secrets = { accessToken: 't', appSecret: 's', verifyToken: 'v', appId: 'a', version: 'v23.0' };
  const limits = { messagesPerSecond: 80, readReceipts: true };
  channelId = (await saveChannel(database, { organizationId, channelType: 'whatsapp', ...number, ...secrets, ...limits })).id;
  if (services.helpline === undefined) throw new Error('the helpline has problems');
  helplines = new Map([[organizationId, services.helpline]]);
});

const later = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);

async function somebody(language = 'en') {
  const subject = citizen(organizationId, await addContact(database, organizationId, language));
  return { ...subject, conversationId: `${subject.contactId}/${channelId}`, language };
}

type Somebody = Awaited<ReturnType<typeof somebody>>;

const ask = (subject: Somebody, topic: string, more: { priority?: number; now?: Date; summary?: string } = {}) => {
  const { now = NOW, ...input } = more;
  return must(services, ['helpline.open', { topic, ...input }], { database, subject, now });
};
const idOf = (ticket: unknown) => String(property(Object(ticket), 'id'));

async function ticketOf(id: string) {
  const { rows } = await database.query<{
    offered_to: string | null;
    assignee_id: string | null;
    priority: number;
    calls: number;
  }>('select offered_to, assignee_id, priority, calls from tickets where organization_id = $1 and id = $2', [organizationId, id]);
  return rows[0];
}

const take = (id: string, officer: string, at: Date) =>
  database.query('update tickets set assignee_id = $3, assigned_at = $4 where organization_id = $1 and id = $2', [
    ...[organizationId, id, officer, at],
  ]);

/** Looks as two workers at once would. */
async function called(now: Date): Promise<Told[]> {
  const told: Told[] = [];
  const tell = async (_tx: unknown, one: Told) => void told.push(one);
  await Promise.all([1, 2].map(() => callOnDuty(database, { now, tell, helplines })));
  return told;
}

describe('asking for a person', () => {
  test('gets a number and what to expect; asking again keeps the place and can only become more urgent', async () => {
    await addAgent(database, organizationId, { name: 'Nurse', capacity: 1, seenAt: NOW });
    const asha = await somebody();
    expect(await ask(asha, 'medical')).toMatchObject({
      number: 1,
      desk: 'nurses',
      staffed: true,
      opensAt: '',
      ahead: 0,
      minutes: 5,
    });
    expect(await ask(await somebody(), 'medical', { now: later(1) })).toMatchObject({ number: 2, ahead: 1, minutes: 10 });
    const again = await ask(asha, 'medical', { priority: 1, summary: 'bleeding', now: later(2) });
    expect(again).toMatchObject({ number: 1, ahead: 0 });
    expect(await ticketOf(idOf(again))).toMatchObject({ priority: 1 });
    await ask(asha, 'medical', { priority: 4, now: later(3) });
    expect(await ticketOf(idOf(again))).toMatchObject({ priority: 1 });
    expect(await must(services, ['helpline.mine', {}], { database, subject: asha })).toMatchObject([
      { number: 1, topic: 'medical', state: 'waiting' },
    ]);
  });

  test('nobody is promised what nobody can keep: no minutes without an officer, and the hour at which the desk opens', async () => {
    expect(await ask(await somebody(), 'ration')).toMatchObject({
      ...{ desk: 'supplies', staffed: false, minutes: 0 },
      opensAt: '2026-11-23T03:30:00.000Z',
    });
    await addAgent(database, organizationId, { name: 'Left an hour ago', seenAt: later(-60) });
    expect(await ask(await somebody(), 'medical')).toMatchObject({ staffed: false, minutes: 0, opensAt: '' });
  });

  test('the expected time never falls when more wait, and never rises when more officers come', () => {
    const agents = fc.array(fc.record({ capacity: fc.integer({ min: 1, max: 9 }), load: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(agents, fc.nat(200), fc.integer({ min: 1, max: 60 }), (there, ahead, talkMinutes) => {
        const minutes = minutesUntil({ ahead, talkMinutes, agents: there });
        expect(minutesUntil({ ahead: ahead + 1, talkMinutes, agents: there })).toBeGreaterThanOrEqual(minutes);
        expect(minutesUntil({ ahead, talkMinutes, agents: [...there, { capacity: 1, load: 0 }] })).toBeLessThanOrEqual(minutes);
      }),
    );
  });
});

describe('a ticket is offered', () => {
  const offer = (now = NOW) => Promise.all([1, 2].map(() => offerTickets(database, { now, helplines })));

  test('once, to whoever speaks the language and has least to do', async () => {
    const busy = await addAgent(database, organizationId, { name: 'Busy', languages: ['bn'], seenAt: later(5) });
    const free = await addAgent(database, organizationId, { name: 'Free', languages: ['bn'], seenAt: later(5) });
    const other = await addAgent(database, organizationId, { name: 'Speaks Hindi', languages: ['hi'], seenAt: later(5) });
    await addAgent(database, organizationId, {
      name: 'Of another desk',
      languages: ['bn'],
      desks: ['supplies'],
      seenAt: later(5),
    });
    await take(idOf(await ask(await somebody(), 'medical')), busy, NOW);
    const ticket = idOf(await ask(await somebody('bn'), 'medical'));
    await offer();
    expect((await ticketOf(ticket))?.offered_to).toBe(free);
    // Nobody took it in time: the next one, and whoever does not speak the language only when nobody else is left.
    await offer(later(1));
    expect((await ticketOf(ticket))?.offered_to).toBe(busy);
    await offer(later(2));
    expect((await ticketOf(ticket))?.offered_to).toBe(other);
    // All have let it pass: from the beginning.
    await offer(later(3));
    expect((await ticketOf(ticket))?.offered_to).toBe(free);
  });

  test('to nobody who has enough to do, but somebody in danger is one more', async () => {
    const nurse = await addAgent(database, organizationId, { name: 'Nurse', capacity: 1, seenAt: NOW });
    await take(idOf(await ask(await somebody(), 'medical')), nurse, NOW);
    const usual = idOf(await ask(await somebody(), 'medical'));
    const danger = idOf(await ask(await somebody(), 'danger', { priority: 1 }));
    await offer();
    expect((await ticketOf(usual))?.offered_to).toBeNull();
    expect((await ticketOf(danger))?.offered_to).toBe(nurse);
  });

  test('anew as soon as the officer has gone', async () => {
    const ticket = idOf(await ask(await somebody(), 'medical'));
    const first = await addAgent(database, organizationId, { name: 'A', seenAt: NOW });
    await offer();
    const second = await addAgent(database, organizationId, { name: 'B', seenAt: NOW });
    await database.query('update helpline_agents set available = false where officer_id = $1', [first]);
    await offer();
    expect((await ticketOf(ticket))?.offered_to).toBe(second);
  });
});

describe('somebody in danger', () => {
  const phones = ['919000000001', '919000000002', '919000000003'];

  test('calls one officer after the other, each once, until one says that they are coming', async () => {
    const [first = '', second = ''] = await Promise.all(
      phones.slice(0, 2).map((phone, index) => addAgent(database, organizationId, { name: `Nurse ${index}`, phone })),
    );
    const ticket = await ask(await somebody(), 'danger', { priority: 1 });
    const values = { id: idOf(ticket), number: 1, topic: 'danger' };
    expect(await called(later(0))).toMatchObject([{ flow: 'ticket-call', channelId, values: { ...values, minutes: 0 } }]);
    expect(await called(later(4))).toEqual([]);
    const [to] = await called(later(5));
    expect(to).toMatchObject({ values: { ...values, minutes: 5 } });
    const onCall = { ...citizen(organizationId, to?.contactId), phone: '+919000000002' };
    expect(
      await must(services, ['helpline.acknowledge', { id: idOf(ticket) }], { database, subject: onCall, now: later(6) }),
    ).toEqual({
      ...{ number: 1, taken: false },
    });
    expect(await called(later(10))).toEqual([]);
    const other = { ...onCall, phone: '+919000000001' };
    expect(
      await must(services, ['helpline.acknowledge', { id: idOf(ticket) }], { database, subject: other, now: later(7) }),
    ).toEqual({
      ...{ number: 1, taken: true },
    });
    const stranger = { ...onCall, phone: '+919000000009' };
    expect(
      await attempt(services, ['helpline.acknowledge', { id: idOf(ticket) }], { database, subject: stranger, now: later(7) }),
    ).toMatchObject({ ok: false, error: { code: 'helpline:not-found' } });
    expect(first).not.toBe(second);
  });

  test('is called for by the roster where there is one', async () => {
    const ids = await Promise.all(
      phones.map((phone, index) => addAgent(database, organizationId, { name: `Nurse ${index}`, phone })),
    );
    await database.query(
      `insert into helpline_shifts (organization_id, id, desk, officer_id, rank, starts_at, ends_at)
       values ($1, gen_random_uuid(), 'nurses', $2, 1, $3, $4)`,
      [organizationId, ids[2], later(-60), later(60)],
    );
    await ask(await somebody(), 'danger', { priority: 1 });
    const [to] = await called(later(0));
    const { rows } = await database.query<{ value: string }>(
      `select value from contact_identities where organization_id = $1 and contact_id = $2 and kind = 'phone'`,
      [organizationId, to?.contactId],
    );
    expect(rows).toEqual([{ value: phones[2] }]);
    // Nobody else is on the roster: nobody else is woken.
    expect(await called(later(20))).toEqual([]);
  });

  test('is told neither to whoever is suspended nor to whoever has left the team, and those who are there are woken instead', async () => {
    const [suspended, left, here] = await Promise.all(
      phones.map((phone, index) => addAgent(database, organizationId, { name: `Nurse ${index}`, phone, seenAt: NOW })),
    );
    await database.query(
      `insert into helpline_shifts (organization_id, id, desk, officer_id, rank, starts_at, ends_at)
       values ($1, gen_random_uuid(), 'nurses', $2, 1, $3, $4)`,
      [organizationId, suspended, later(-60), later(60)],
    );
    await database.query('update officer_roles set suspended_at = now() where officer_id = $1', [suspended]);
    await database.query('delete from officer_roles where officer_id = $1', [left]);
    const ticket = idOf(await ask(await somebody(), 'danger', { priority: 1 }));
    await offerTickets(database, { now: NOW, helplines });
    expect((await ticketOf(ticket))?.offered_to).toBe(here);
    const told = await called(later(0));
    const { rows } = await database.query<{ value: string }>(
      `select value from contact_identities where organization_id = $1 and contact_id = any ($2) and kind = 'phone'`,
      [organizationId, told.map(({ contactId }) => contactId)],
    );
    expect(rows).toEqual([{ value: phones[2] }]);
  });

  test('is no longer with an officer who took the ticket and wrote nothing', async () => {
    const nurse = await addAgent(database, organizationId, { name: 'Nurse', phone: '919000000001' });
    const ticket = idOf(await ask(await somebody(), 'danger', { priority: 1 }));
    await take(ticket, nurse, later(0));
    await called(later(4));
    expect((await ticketOf(ticket))?.assignee_id).toBe(nurse);
    expect(await called(later(5))).toHaveLength(1);
    expect((await ticketOf(ticket))?.assignee_id).toBeNull();
  });
});

describe('afterwards', () => {
  const close = (id: string, at: Date) =>
    database.query(`update tickets set closed_at = $3, outcome = 'solved' where organization_id = $1 and id = $2`, [
      organizationId,
      id,
      at,
    ]);
  const answer = (subject: Somebody, id: string, said: string, now: Date) =>
    must(services, ['helpline.feedback', { id, answer: said }], { database, subject, now });

  test('whoever got no help is in the queue again, before those who wait as usual; who got some is not', async () => {
    const asha = await somebody();
    const id = idOf(await ask(asha, 'medical'));
    await close(id, later(10));
    expect(await answer(asha, id, 'partly', later(11))).toEqual({ reopened: false });
    expect(await answer(asha, id, 'no', later(12))).toEqual({ reopened: true });
    expect(await ticketOf(id)).toMatchObject({ priority: 2, assignee_id: null });
    expect(await answer(asha, id, 'no', later(13))).toEqual({ reopened: true });
    await close(id, later(20));
    expect(await answer(asha, id, 'no', later(20 + 8 * 24 * 60))).toEqual({ reopened: false });
  });

  test('nobody judges the talk of somebody else', async () => {
    const id = idOf(await ask(await somebody(), 'medical'));
    const stranger = await somebody();
    expect(
      await attempt(services, ['helpline.feedback', { id, answer: 'yes' }], { database, subject: stranger, now: NOW }),
    ).toMatchObject({ ok: false, error: { code: 'helpline:not-found' } });
  });

  test('the citizen is asked on the day that the officer chose, once', async () => {
    const asha = await somebody();
    const id = idOf(await ask(asha, 'medical'));
    await database.query(
      `update tickets set follow_up_at = $3, follow_up_note = 'the tablets' where organization_id = $1 and id = $2`,
      [...[organizationId, id, later(60)]],
    );
    const told: Told[] = [];
    const tell = async (_tx: unknown, one: Told) => void told.push(one);
    const look = (minutes: number) => Promise.all([1, 2].map(() => followUp(database, { now: later(minutes), tell })));
    await look(59);
    expect(told).toEqual([]);
    await look(60);
    await look(120);
    const values = { id, number: 1, topic: 'medical', note: 'the tablets' };
    expect(told).toEqual([{ organizationId, contactId: asha.contactId, channelId, flow: 'ticket-follow-up', values }]);
  });
});

describe('a pack is refused', () => {
  test.each<[string, string, string | undefined, string]>([
    ['for a calendar that is not there', DESKS.replace('hours: office', 'hours: nights'), undefined, 'helpline:bad-desk'],
    ['for a ladder that does not grow', DESKS.replace('[0, 5, 10]', '[0, 5, 5]'), undefined, 'helpline:bad-desk'],
    ['for a topic of two desks', DESKS.replace('code: ration', 'code: medical'), undefined, 'data:duplicate'],
    ['for a text that is missing', DESKS.replace('{ en: Nurses }', '{ hi: Nurses }'), undefined, 'data:text-missing'],
    ['for a reply of no topic', DESKS, 'replies: [{ code: a, topics: [x], text: { en: Hello } }]', 'helpline:bad-reply'],
    ['for a name that replies do not know', DESKS, 'replies: [{ code: a, text: { en: "Hello {pin}" } }]', 'helpline:bad-reply'],
  ])('%s', (_, desks, replies, code) => {
    const { problems } = loadHelpline(desks, replies);
    expect(problems).toMatchObject([
      { code, file: expect.stringMatching(/^data\/(desks|replies)\.yaml$/), line: expect.any(Number) },
    ]);
  });
});
