/** A helpline with desks: two nurses and a supervisor at the API and its events, citizens and an officer's own phone on the fake Graph API. */
import { type Json, property } from '@hazir/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { brokenPdf } from '../support/broken-pdf.ts';
import { textOf } from '../support/stage.ts';
import { codeOf, type Helpline, type Officer, openHelpline } from './support.ts';

let at: Helpline;
let nurse: Officer;
let other: Officer;
let supervisor: Officer;

beforeAll(async () => {
  at = await openHelpline({ pack: 'desk' });
  nurse = await at.officer('nurse@demo.invalid', 'agent');
  other = await at.officer('other@demo.invalid', 'agent');
  supervisor = await at.officer('supervisor@demo.invalid', 'supervisor');
});

const ticketsIn = (body: Json): Json[] => {
  const tickets = property(body, 'tickets');
  return Array.isArray(tickets) ? tickets : [];
};

/** Somebody who asked for this; their ticket. */
async function asks(name: string, need = 'A nurse'): Promise<{ citizen: string; ticket: string; number: number }> {
  const citizen = at.stage.control.addCitizen({ name }).id;
  await at.stage.say(citizen, 'Hi');
  await at.stage.say(citizen, need);
  const { body } = await nurse.get(`/tickets?search=${encodeURIComponent(name)}`);
  const [own = null] = ticketsIn(body);
  return { citizen, ticket: String(property(own, 'id')), number: Number(property(own, 'number')) };
}

const hears = (citizen: string, text: string) =>
  expect.poll(() => at.heardBy(citizen).at(-1), { timeout: 15_000 }).toContain(text);
const take = (officer: Officer, ticket: string) => officer.post(`/tickets/${ticket}/assignments`, { take: true });

describe('a talk', () => {
  test('is found by number and desk, says what the flow has asked, and goes to another desk with all that was said', async () => {
    const { citizen, ticket, number } = await asks('Asha (demo)');
    expect(at.heardBy(citizen).at(-1)).toBe(`Your number is ${number}. You are next.`);
    await take(nurse, ticket);
    await nurse.post(`/tickets/${ticket}/messages`, { text: 'Which ration card?' });
    await hears(citizen, 'Which ration card?');
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({
      ...{
        number,
        topic: 'medical',
        topicName: 'A question for a nurse',
        desk: { code: 'nurses', name: 'our nurses' },
        quiet: false,
      },
      details: [{ name: 'weeks', value: '30' }],
    });
    expect(codeOf(await nurse.post(`/tickets/${ticket}/transfers`, { topic: 'nothing' }))).toBe('422 tickets:no-topic');
    expect(codeOf(await nurse.post(`/tickets/${ticket}/transfers`, { topic: 'medical' }))).toBe('409 tickets:same-topic');
    const moved = await nurse.post(`/tickets/${ticket}/transfers`, { topic: 'ration', note: 'Card of her mother' });
    expect(moved.body).toMatchObject({ topic: 'ration', assignee: null, desk: { code: 'supplies' } });
    await hears(citizen, 'Your conversation now goes to the supplies desk.');
    const there = await other.get(`/tickets?desk=supplies&search=${number}`);
    expect(ticketsIn(there.body)).toMatchObject([{ id: ticket }]);
    expect(ticketsIn((await other.get(`/tickets?desk=nurses&search=${number}`)).body)).toEqual([]);
    expect(JSON.stringify((await other.get(`/tickets/${ticket}`)).body)).toContain('Card of her mother');
  });

  test('is closed with its topic, and whoever got no help waits again without telling it all anew', async () => {
    const { citizen, ticket, number } = await asks('Meena (demo)');
    await take(nurse, ticket);
    await nurse.post(`/tickets/${ticket}/closures`, { outcome: 'solved', topic: 'ration', note: 'Told her the date' });
    await hears(citizen, `Your talk ${number} is closed. Did you get help?`);
    await at.stage.say(citizen, 'No');
    expect(at.heardBy(citizen).at(-1)).toBe('We are sorry. You wait again, before others.');
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({
      ...{ feedback: 'no', reopened: 1, closedAt: null, priority: 2, topic: 'ration', assignee: null },
    });
    await take(other, ticket);
    await other.post(`/tickets/${ticket}/closures`, { outcome: 'solved' });
    await hears(citizen, `Your talk ${number} is closed.`);
    await at.stage.say(citizen, 'Yes');
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ feedback: 'yes', closedAt: expect.any(String) });
  });

  test('has files both ways: a prescription to the citizen, and nothing that runs or is not what it says', async () => {
    const { citizen, ticket } = await asks('Radha (demo)');
    const pdf = brokenPdf();
    const send = (name: string, bytes: Uint8Array) =>
      nurse.send(`/tickets/${ticket}/files?name=${name}&caption=Twice%20a%20day`, bytes);
    expect(codeOf(await send('a.pdf', pdf))).toBe('409 tickets:not-yours');
    await take(nurse, ticket);
    expect(codeOf(await send('a.pdf', new TextEncoder().encode('<script>alert(1)</script>')))).toBe('422 tickets:bad-file');
    expect((await send('..%2Fprescription.pdf', pdf)).status).toBe(200);
    const sentFile = () => at.stage.control.messages(citizen).findLast(({ from }) => from === 'business');
    await expect.poll(() => JSON.stringify(sentFile()), { timeout: 15_000 }).toContain('prescription.pdf');
    expect(JSON.stringify(sentFile())).toContain('Twice a day');
    const lines = property((await nurse.get(`/tickets/${ticket}`)).body, 'lines');
    const line = Array.isArray(lines) ? lines.findLast((one) => property(one, 'file') !== null) : undefined;
    expect(line).toMatchObject({
      from: 'officer',
      text: 'Twice a day',
      file: { mimeType: 'application/pdf', name: '..prescription.pdf' },
    });
    const path = `/tickets/${ticket}/files/${property(line ?? null, 'id')}`;
    const got = await other.bytes(path);
    expect(got.bytes).toEqual(pdf);
    expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(got.headers.get('content-security-policy')).toContain("default-src 'none'");
    const foreign = await at.officer('far@demo.invalid', 'agent', 'another-city');
    expect((await foreign.bytes(path)).status).toBe(404);
  });

  test('a note names a colleague, who finds it among their mentions until they have looked', async () => {
    const { ticket } = await asks('Gita (demo)');
    await nurse.post(`/tickets/${ticket}/notes`, { text: 'Please look', mentions: [other.id] });
    const mentioned = async () => ticketsIn((await other.get('/tickets?view=mentioned')).body).map((one) => property(one, 'id'));
    expect(await mentioned()).toEqual([ticket]);
    await other.get(`/tickets/${ticket}`);
    expect(await mentioned()).toEqual([]);
  });
});

describe('time', () => {
  test('a day later an officer asks the citizen to write again, by a template; a follow-up comes on its day', async () => {
    const { citizen, ticket, number } = await asks('Sita (demo)');
    await take(nurse, ticket);
    expect(codeOf(await nurse.post(`/tickets/${ticket}/invitations`, {}))).toBe('409 tickets:window-open');
    expect(codeOf(await nurse.post(`/tickets/${ticket}/follow-ups`, { at: '2020-01-01T00:00:00Z' }))).toBe(
      '422 tickets:bad-time',
    );
    const inTwoDays = new Date(at.stage.control.state().now + 48 * 3_600_000).toISOString();
    expect((await nurse.post(`/tickets/${ticket}/follow-ups`, { at: inTwoDays, note: 'the tablets' })).body).toMatchObject({
      followUpAt: inTwoDays,
    });
    await at.stage.control.advance(25 * 3_600_000);
    expect((await nurse.post(`/tickets/${ticket}/invitations`, {})).status).toBe(200);
    await expect
      .poll(() => JSON.stringify(at.stage.control.messages(citizen).at(-1)), { timeout: 15_000 })
      .toContain(`number ${number}`);
    await at.stage.control.advance(24 * 3_600_000);
    const before = at.stage.control.messages(citizen).length;
    await at.stage.served.tend();
    await expect.poll(() => at.stage.control.messages(citizen).length, { timeout: 15_000 }).toBe(before + 1);
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ followUpAt: null });
  });
});

describe('officers on duty', () => {
  test('are offered tickets while their console is open; their console hears it at once, and only theirs', async () => {
    const console = await nurse.listen();
    await supervisor.put(`/helpline/agents/${nurse.id}`, { desks: [], languages: [], capacity: 50, phone: null });
    await nurse.put('/helpline/duty', { available: true });
    const foreign = await (await at.officer('away@demo.invalid', 'agent', 'another-city')).listen();
    const { ticket } = await asks('Hema (demo)');
    await at.stage.served.tend();
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ offeredToMe: true, assignee: null });
    expect((await other.get(`/tickets/${ticket}`)).body).toMatchObject({ offeredToMe: false });
    expect(ticketsIn((await nurse.get('/tickets?view=offered')).body).map((one) => property(one, 'id'))).toContain(ticket);
    await expect
      .poll(() => console.heard, { timeout: 5_000 })
      .toContainEqual(
        expect.objectContaining({ event: 'ticket', data: expect.objectContaining({ id: ticket, officers: [nurse.id] }) }),
      );
    expect(foreign.heard).toEqual([]);
    await nurse.put('/helpline/duty', { available: false });
    console.cut();
    foreign.cut();
  });

  test('hear what the citizen writes, who else writes, and after a cut line what they have missed', async () => {
    const { citizen, ticket } = await asks('Uma (demo)');
    await take(nurse, ticket);
    await hears(citizen, 'A person from our team is with you now.');
    const first = await nurse.listen();
    await at.stage.say(citizen, 'Are you there?');
    await expect.poll(() => first.heard.map(({ event }) => event), { timeout: 5_000 }).toContain('talk');
    await other.post(`/tickets/${ticket}/presence`, { writing: true });
    const told = {
      event: 'presence',
      data: { id: ticket, officer: { id: other.id, name: 'other@demo.invalid (test)' }, writing: true },
    };
    await expect.poll(() => first.heard, { timeout: 5_000 }).toContainEqual(expect.objectContaining(told));
    first.cut();
    await other.post(`/tickets/${ticket}/notes`, { text: 'While the line was cut' });
    const again = await nurse.listen(first.heard.at(-1)?.id);
    await expect
      .poll(() => again.heard, { timeout: 5_000 })
      .toContainEqual(expect.objectContaining({ event: 'ticket', data: expect.objectContaining({ id: ticket }) }));
    again.cut();
    const stranger = await nurse.listen('of-another-process-7');
    await expect.poll(() => stranger.heard.map(({ event }) => event), { timeout: 5_000 }).toEqual(['reload']);
    stranger.cut();
  });

  test('on call are told on their own phone when somebody in danger waits; “I am coming” is seen by all', async () => {
    const phone = at.stage.control.addCitizen({ name: 'Nurse, own phone (demo)' });
    const agent = `/helpline/agents/${nurse.id}`;
    expect(codeOf(await nurse.put(agent, {}))).toBe('403 api:scope');
    const skills = { desks: ['nurses'], languages: ['en'], capacity: 2, phone: `+${phone.phone}` };
    expect(codeOf(await supervisor.put(agent, { ...skills, desks: ['nowhere'] }))).toBe('422 tickets:no-topic');
    expect((await supervisor.put(agent, skills)).body).toMatchObject({ ...skills, officer: { id: nurse.id } });
    const { ticket, number } = await asks('Lata (demo)', 'Help now');
    await at.stage.served.tend();
    await expect
      .poll(() => JSON.stringify(at.stage.control.messages(phone.id).at(-1)), { timeout: 15_000 })
      .toContain(`${number}`);
    await at.stage.say(phone.id, 'Hi');
    expect((await supervisor.get(`/tickets/${ticket}`)).body).toMatchObject({ calls: 1, coming: null, priority: 1, quiet: true });
    await at.stage.served.runtime.start(await conversationOf(phone.phone), { flow: 'my-calls' });
    await at.stage.quiet();
    const called = at.stage.control
      .messages(phone.id)
      .findLast((item) => textOf(item).startsWith(`Ticket ${number}: somebody in danger`));
    const [coming] = called?.body.type === 'buttons' ? called.body.buttons : [];
    await at.stage.say(phone.id, { type: 'tap', choiceId: coming?.id ?? '', replyTo: called?.wamid ?? '' });
    expect(at.heardBy(phone.id).at(-1)).toContain('Thank you.');
    expect((await supervisor.get(`/tickets/${ticket}`)).body).toMatchObject({ coming: 'nurse@demo.invalid (test)' });
  });

  test('have a roster, which the supervisor writes', async () => {
    const hours = { startsAt: '2026-12-01T03:30:00.000Z', endsAt: '2026-12-01T12:30:00.000Z' };
    const shift = { desk: 'nurses', officer: nurse.id, rank: 1, ...hours };
    expect(codeOf(await nurse.post('/helpline/shifts', shift))).toBe('403 api:scope');
    expect(codeOf(await supervisor.post('/helpline/shifts', { ...shift, officer: other.id }))).toBe('422 tickets:no-phone');
    expect(codeOf(await supervisor.post('/helpline/shifts', { ...shift, endsAt: hours.startsAt }))).toBe('422 tickets:bad-time');
    expect((await supervisor.post('/helpline/shifts', shift)).status).toBe(200);
    const week = '/helpline/shifts?from=2026-11-30T00:00:00Z&to=2026-12-07T00:00:00Z';
    const { body } = await supervisor.get(week);
    expect(body).toMatchObject({ shifts: [{ desk: 'nurses', officer: { id: nurse.id }, ...hours }] });
  });
});

async function conversationOf(phone: string) {
  const { rows } = await at.stage.database.query<{ organizationId: number; contactId: string; channelId: number }>(
    `select c.organization_id as "organizationId", c.contact_id as "contactId", c.channel_id as "channelId" from conversations c
       join contact_identities i using (organization_id, contact_id) where i.value = $1`,
    [phone],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('the phone has no conversation');
  return found;
}
