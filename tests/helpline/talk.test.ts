/** A citizen asks for a person, and gets one: two nurses at the API, a citizen on the fake Graph API, everything over sockets. */
import { property } from '@hazir/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type Helpline, type Officer, openHelpline } from './support.ts';

let at: Helpline;
let nurse: Officer;
let other: Officer;

beforeAll(async () => {
  at = await openHelpline();
  nurse = await at.officer('nurse@demo.invalid', 'agent');
  other = await at.officer('other@demo.invalid', 'agent');
});

/** Somebody who has asked for a person; their ticket. */
async function waiting(name: string): Promise<{ citizen: string; ticket: string }> {
  const citizen = at.stage.control.addCitizen({ name }).id;
  await at.stage.say(citizen, 'Hi');
  await at.stage.say(citizen, 'English');
  await at.stage.say(citizen, 'talk to a person');
  const { body } = await nurse.get('/tickets?view=unassigned');
  const tickets = property(body, 'tickets');
  const own = Array.isArray(tickets) ? tickets.find((one) => property(property(one, 'contact'), 'name') === name) : undefined;
  return { citizen, ticket: String(property(own ?? null, 'id')) };
}

/** An officer's words wait in the inbox for whoever works the number. */
const hears = (citizen: string, text: string) =>
  expect.poll(() => at.heardBy(citizen).at(-1), { timeout: 10_000 }).toContain(text);
const linesOf = async (ticket: string) => {
  const lines = property((await nurse.get(`/tickets/${ticket}`)).body, 'lines');
  return Array.isArray(lines) ? lines.map((line) => `${property(line, 'from')}: ${property(line, 'text')}`) : [];
};

describe('a ticket', () => {
  test('is taken, talked through and closed; the bot is silent meanwhile and there again afterwards', async () => {
    const { citizen, ticket } = await waiting('Asha (demo)');
    expect((await nurse.post(`/tickets/${ticket}/assignments`, { take: true })).status).toBe(200);
    await hears(citizen, 'A person from our team is with you now. Write here as usual.');

    // What the citizen writes is for the nurse: no flow answers, whatever it would have understood.
    expect(await at.stage.say(citizen, 'Apple')).toEqual([]);
    expect(await at.stage.say(citizen, 'I have a question about my medicine')).toEqual([]);
    expect(await linesOf(ticket)).toEqual(
      expect.arrayContaining(['contact: talk to a person', 'contact: I have a question about my medicine']),
    );
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({
      waiting: true,
      assignee: { name: 'nurse@demo.invalid (test)' },
    });

    const said = { text: 'Which medicine is it?' };
    const answered = await nurse.post(`/tickets/${ticket}/messages`, said, 'the same key');
    expect(answered.body).toMatchObject({ waiting: false });
    // The line was cut before the answer came: it is sent again, and said once.
    expect((await nurse.post(`/tickets/${ticket}/messages`, said, 'the same key')).body).toEqual(answered.body);
    await hears(citizen, said.text);
    expect(at.heardBy(citizen).filter((text) => text === said.text)).toHaveLength(1);
    // WhatsApp tells the second in which somebody wrote, no more.
    await at.stage.control.advance(2_000);
    await at.stage.say(citizen, 'Iron tablets');
    expect((await linesOf(ticket)).slice(-2)).toEqual(['officer: Which medicine is it?', 'contact: Iron tablets']);

    await nurse.post(`/tickets/${ticket}/notes`, { text: 'Ask her about the dose' });
    expect((await linesOf(ticket)).at(-1)).toBe('note: Ask her about the dose');
    expect(at.heardBy(citizen).join(' ')).not.toContain('dose');

    const closed = await nurse.post(`/tickets/${ticket}/closures`, { outcome: 'solved' });
    expect(closed.body).toMatchObject({ outcome: 'solved', closedAt: expect.any(String) });
    await hears(citizen, 'Our team has closed this conversation.');
    expect(await at.stage.say(citizen, 'Hi')).not.toEqual([]);
    expect(codeOf(await nurse.post(`/tickets/${ticket}/messages`, { text: 'One more thing' }))).toBe('409 tickets:closed');
  });

  test('keeps order: what the citizen wrote and what the nurse wrote stand as they came, and a question left open is still there', async () => {
    const { citizen, ticket } = await waiting('Meena (demo)');
    await nurse.post(`/tickets/${ticket}/assignments`, { take: true });
    const words = Array.from({ length: 10 }, (_, number) => `line ${number}`);
    for (const text of words) await nurse.post(`/tickets/${ticket}/messages`, { text });
    await hears(citizen, 'line 9');
    expect(at.heardBy(citizen).slice(-10)).toEqual(words);
  });

  test('of somebody in danger comes first, and a cry for help is answered also while a person talks', async () => {
    const { citizen, ticket } = await waiting('Radha (demo)');
    await nurse.post(`/tickets/${ticket}/assignments`, { take: true });
    await hears(citizen, 'A person from our team');
    const card = await at.stage.say(citizen, 'I cannot breathe, chest pain');
    expect(JSON.stringify(card)).toMatch(/108|112/);
    const first = property((await nurse.get('/tickets?view=all')).body, 'tickets');
    expect(Array.isArray(first) ? first[0] : undefined).toMatchObject({ priority: 1, topic: 'danger' });
  });

  test('that was taken and left alone for a shift does not leave the citizen alone: the flows answer again, and the ticket is still open', async () => {
    const { citizen, ticket } = await waiting('Hema (demo)');
    await nurse.post(`/tickets/${ticket}/assignments`, { take: true });
    await hears(citizen, 'A person from our team');
    await at.stage.control.advance(7 * 3_600_000);
    expect(await at.stage.say(citizen, 'Are you there?')).toEqual([]);
    await at.stage.control.advance(2 * 3_600_000);
    expect(await at.stage.say(citizen, 'Hi')).not.toEqual([]);
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ closedAt: null, waiting: true });
  });

  test('lets the citizen out to the menu, and what is tapped works', async () => {
    const { citizen, ticket } = await waiting('Lata (demo)');
    await nurse.post(`/tickets/${ticket}/assignments`, { take: true });
    await hears(citizen, 'A person from our team');
    expect(await at.stage.say(citizen, 'menu')).not.toEqual([]);
  });
});

describe('two nurses', () => {
  test('do not take the same ticket without seeing it, and write only where they have it', async () => {
    const { ticket } = await waiting('Gita (demo)');
    const seen = Number(property((await nurse.get(`/tickets/${ticket}`)).body, 'version'));
    expect(codeOf(await other.post(`/tickets/${ticket}/messages`, { text: 'Hello' }))).toBe('409 tickets:not-yours');
    expect((await other.post(`/tickets/${ticket}/assignments`, { take: true, version: seen })).status).toBe(200);
    expect(codeOf(await nurse.post(`/tickets/${ticket}/assignments`, { take: true, version: seen }))).toBe(
      '409 tickets:changed-meanwhile',
    );
    const mine = property((await other.get('/tickets?view=mine')).body, 'tickets');
    expect(mine).toEqual([expect.objectContaining({ id: ticket })]);
    // Given back, it waits in the queue again, and the bot answers until somebody takes it.
    await other.post(`/tickets/${ticket}/assignments`, { take: false });
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ assignee: null });
  });
});

describe('limits', () => {
  test('a day after the citizen wrote, free words are refused before anything is promised', async () => {
    const { ticket } = await waiting('Sita (demo)');
    await nurse.post(`/tickets/${ticket}/assignments`, { take: true });
    await at.stage.control.advance(25 * 3_600_000);
    expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ openUntil: null });
    expect(codeOf(await nurse.post(`/tickets/${ticket}/messages`, { text: 'Are you well?' }))).toBe('409 tickets:window-closed');
  });

  test('whose role is another, or who is of another organization, sees no ticket', async () => {
    const { ticket } = await waiting('Uma (demo)');
    const roads = await at.officer('roads@demo.invalid', 'officer');
    expect(codeOf(await roads.get('/tickets'))).toBe('403 api:scope');
    const foreign = await at.officer('foreign@demo.invalid', 'agent', 'another-city');
    expect((await foreign.get('/tickets')).body).toEqual({ tickets: [], next: null });
    for (const [name, body] of [
      ['messages', { text: 'x' }],
      ['notes', { text: 'x' }],
      ['assignments', { take: true }],
      ['closures', { outcome: 'solved' }],
    ] as const)
      expect(codeOf(await foreign.post(`/tickets/${ticket}/${name}`, body))).toBe('404 tickets:not-found');
    expect(codeOf(await foreign.get(`/tickets/${ticket}`))).toBe('404 tickets:not-found');
  });

  test('who looked and who wrote is in the log, without a word of what was said', async () => {
    const { ticket } = await waiting('Kavita (demo)');
    await nurse.post(`/tickets/${ticket}/assignments`, { take: true });
    await nurse.post(`/tickets/${ticket}/messages`, { text: 'Take it with water' });
    const { rows } = await at.stage.database.query('select action, details from audit_events where subject = $1', [ticket]);
    expect(rows.map(({ action }) => action).sort()).toEqual(['ticket.answered', 'ticket.assigned']);
    expect(JSON.stringify(rows)).not.toContain('water');
  });
});
