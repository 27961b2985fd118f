/** What officers do in the chat, by the phone of their post. */
import type { CallSubject, JsonObject } from '@hazir/core';
import { property, textProperty } from '@hazir/core';
import { type Database, ensureOrganization, freshId, resolveContacts, timedId } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../../tests/support/database.ts';
import { after, openTestDesk, POTHOLE, START, type TestDesk } from '../testing.ts';

let database: Database;
let desk: TestDesk;

const PHONES = { 'roads-gn': '912255501003', 'ward-gn': '912255501002', 'water-gn': '912255501004', 'roads-pn': '912255501009' };

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

/** Whoever writes from this phone. */
async function caller(phone: string, organizationId = desk.organizationId): Promise<CallSubject> {
  const identities = [{ kind: 'phone' as const, value: phone }];
  const { contactIds } = await resolveContacts(database, [
    { organizationId, channelType: 'whatsapp', scope: 'b', identities, seenAt: START },
  ]);
  const contactId = contactIds[0] ?? '';
  return { organizationId, contactId, conversationId: `${contactId}/7`, language: 'en' };
}

const officer = (post: keyof typeof PHONES) => caller(PHONES[post]);

async function see(reference: string, subject: CallSubject, event = ''): Promise<JsonObject> {
  const card = await desk.ok('work', { reference, event }, subject, { now: after(1) });
  return JSON.parse(JSON.stringify(card));
}

interface Moved {
  by: CallSubject;
  hour?: number;
  seen?: string;
  note?: string;
  reason?: string;
  photo?: string;
  place?: JsonObject;
}

/** Makes a move of what the officer sees now, or saw. */
async function move(reference: string, code: string, { by, hour = 1, seen, ...more }: Moved) {
  const given = { reference, move: code, seen: seen ?? textProperty(await see(reference, by), 'seen') ?? '', ...more };
  return desk.run('workMove', given, by, { now: after(hour) });
}

const outcome = (result: Awaited<ReturnType<TestDesk['run']>>) =>
  result.ok ? textProperty(result.value, 'status') : result.error.code.replace('service-requests:', '');

describe('an officer', () => {
  test('sees what is to be done where, and what is allowed now', async () => {
    const reference = await desk.open(desk.somebody());
    const card = await see(reference, await officer('roads-gn'));
    expect(card).toMatchObject({
      ...{ reference, yours: true, seen: '', post: 'Roads, G/N', holder: 'Roads, G/N', status: 'open', category: 'Pothole' },
      ...{
        description: 'Deep, opposite the school',
        area: 'G/N',
        place: { latitude: 19.0268 },
        picture: null,
        last: null,
        news: null,
      },
      ...{ dueAt: after(24).toISOString(), overdue: false, followers: 0 },
    });
    expect(card.moves).toMatchObject([
      { code: 'start', note: false },
      { code: 'hold', reasons: [{ code: 'weather', name: 'weather' }, {}, {}, {}] },
      { code: 'seek_sanction', note: true },
      { code: 'ask_citizen', note: true },
      { code: 'transfer', transfers: true },
      { code: 'close', note: true, photo: true },
    ]);
  });

  test('reads what else was said of it, in the own language', async () => {
    const given = { ...POTHOLE, attributes: { size: 'large' } };
    const reference = await desk.open(desk.somebody(), {}, given);
    const by = await officer('roads-gn');
    expect(await see(reference, { ...by, language: 'hi' })).toMatchObject({
      attributes: [{ code: 'size', label: 'गड्ढा कितना बड़ा है?', value: 'थाली से बड़ा' }],
    });
  });

  test.each<[string, keyof typeof PHONES, string]>([
    ['the post that has it', 'roads-gn', 'in_progress'],
    ['the post above', 'ward-gn', 'in_progress'],
    ['another department', 'water-gn', 'wrong-officer'],
    ['another ward', 'roads-pn', 'wrong-officer'],
  ])('%s begins work: %s gets %s', async (_, post, expected) => {
    const reference = await desk.open(desk.somebody());
    expect(outcome(await move(reference, 'start', { by: await officer(post) }))).toBe(expected);
  });

  test("of a request that is another office's it is told who has it, and nothing else", async () => {
    const reference = await desk.open(desk.somebody());
    const card = await see(reference, await officer('water-gn'));
    expect(card).toMatchObject({ yours: false, holder: 'Roads, G/N', moves: [], description: '', place: null, last: null });
    expect(JSON.stringify(card)).not.toMatch(/school|Shivaji|72\.8/);
  });

  test('is known by the open phone of the contact, in the own organization only', async () => {
    const reference = await desk.open(desk.somebody());
    const refused = { error: { code: 'service-requests:no-post' } };
    const citizen = desk.somebody();
    const stranger = await caller('912255509999');
    for (const subject of [citizen, stranger]) {
      expect(await desk.run('work', { reference, event: '' }, subject)).toMatchObject(refused);
      expect(await desk.run('myWork', { view: 'own' }, subject)).toMatchObject(refused);
      expect(await desk.run('workMove', { reference, move: 'start', seen: '' }, subject)).toMatchObject(refused);
      expect(await desk.run('workTransfer', { reference, seen: '', department: 'water', note: 'x' }, subject)).toMatchObject(
        refused,
      );
    }
    const elsewhere = (await ensureOrganization(database, 'pune', 'Pune')).id;
    const namesake = await caller(PHONES['roads-gn'], elsewhere);
    expect(await desk.run('work', { reference, event: '' }, namesake)).toMatchObject({
      error: { code: 'service-requests:not-found' },
    });
    const former = await caller('912255501018');
    const closed = 'update contact_identities set valid_to = now() where contact_id = $1';
    await database.query(closed, [former.contactId]);
    expect(await desk.run('myWork', { view: 'own' }, former)).toMatchObject(refused);
  });

  test('is told who was faster, of two at once too; what only citizens did meanwhile stops nobody', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.ok('addNote', { reference, note: 'It is getting deeper' }, subject);
    const [own, above] = [await officer('roads-gn'), await officer('ward-gn')];
    const race = await Promise.all([own, above, own].map((by) => move(reference, 'start', { by, seen: '' })));
    expect(race.map(outcome).sort()).toEqual(['changed-meanwhile', 'changed-meanwhile', 'in_progress']);
    const first = race.findIndex(({ ok }) => ok) === 1 ? 'Assistant Commissioner, G/N' : 'Roads, G/N';
    expect(await see(reference, own)).toMatchObject({ last: { by: first, said: 'work began', own: first === 'Roads, G/N' } });
    expect(outcome(await move(reference, 'hold', { by: above, reason: 'weather' }))).toBe('on_hold');
  });

  test('acts once however often a turn is run', async () => {
    const reference = await desk.open(desk.somebody());
    const [by, turn] = [await officer('roads-gn'), freshId(1)];
    const given = { reference, move: 'ask_citizen', seen: '', note: 'Which side?' };
    const first = await desk.ok('workMove', given, by, { now: after(1), turn });
    expect(await desk.ok('workMove', given, by, { now: after(1), turn })).toEqual(first);
    const { rows } = await database.query<{ actor: string; post: string }>(
      `select e.actor, e.post from service_request_events e join service_request_references f on f.request_id = e.request_id
        where f.reference = $1 and e.move is not null`,
      [reference],
    );
    expect(rows).toEqual([{ actor: 'phone of roads-gn', post: 'roads-gn' }]);
  });

  test('hands on what is not theirs, and the clock goes on', async () => {
    const reference = await desk.open(desk.somebody());
    const by = await officer('roads-gn');
    const departments = await desk.ok('workDepartments', { reference }, by);
    expect(departments).toContainEqual({ code: 'water', name: 'Water' });
    expect(departments).not.toContainEqual({ code: 'roads', name: 'Roads' });
    const given = { reference, seen: '', note: 'A burst pipe' };
    expect(await desk.run('workTransfer', { ...given, category: 'pothole' }, by)).toMatchObject({
      error: { code: 'service-requests:transfer-nowhere' },
    });
    const passed = await desk.ok('workTransfer', { ...given, category: 'water-leak' }, by, { now: after(5) });
    expect(passed).toMatchObject({ holder: 'Water, G/N', status: 'open' });
    expect(await see(reference, by)).toMatchObject({ yours: false, holder: 'Water, G/N' });
    expect(await see(reference, await officer('water-gn'))).toMatchObject({
      openedAt: START.toISOString(),
      last: { said: 'passed to another office: Water', by: 'Roads, G/N', note: 'A burst pipe', from: 'office' },
    });
  });
});

describe('closing with a photo', () => {
  const spot = { latitude: 19.0268, longitude: 72.8386 };
  /** A photo that was sent so many hours after the request was opened. */
  const sent = (hour: number) => timedId(after(hour).getTime(), freshId(0));

  async function fetched(messageId: string, by: CallSubject, said: { latitude?: number; longitude?: number; takenAt?: Date }) {
    await database.query(
      `insert into message_files (organization_id, contact_id, message_id, channel_id, provider_media_id, latitude, longitude, taken_at)
       values ($1, $2, $3, 7, 'm', $4, $5, $6)`,
      [by.organizationId, by.contactId, messageId, said.latitude ?? null, said.longitude ?? null, said.takenAt ?? null],
    );
  }

  test.each<[string, { photo?: string; place?: JsonObject }, string]>([
    ['no photo', {}, 'photo-missing'],
    ['a photo, and no place beside it', { photo: sent(30) }, 'photo-unplaced'],
    ['a photo and the place of the request', { photo: sent(30), place: spot }, 'closed'],
    ['a photo and a place 1.3 km away', { photo: sent(30), place: { ...spot, latitude: 19.0388 } }, 'photo-far'],
    ['a photo that was sent two days ago', { photo: sent(-20), place: spot }, 'photo-old'],
  ])('%s', async (_, evidence, expected) => {
    const reference = await desk.open(desk.somebody());
    const by = await officer('roads-gn');
    expect(outcome(await move(reference, 'close', { by, hour: 30, note: 'Filled', ...evidence }))).toBe(expected);
  });

  test.each<[string, { latitude?: number; longitude?: number; takenAt?: Date }, string]>([
    ['its place and time are those of the work', { ...spot, takenAt: after(29) }, 'closed'],
    ['its place is elsewhere', { latitude: 19.2, longitude: 72.85, takenAt: after(29) }, 'photo-far'],
    ['it was taken before the complaint', { ...spot, takenAt: after(-1) }, 'photo-old'],
    ['it says nothing', {}, 'closed'],
  ])('what the file says goes before what is shared: %s', async (_, said, expected) => {
    const reference = await desk.open(desk.somebody());
    const by = await officer('roads-gn');
    const photo = sent(30);
    await fetched(photo, by, said);
    expect(outcome(await move(reference, 'close', { by, hour: 30, note: 'Filled', photo, place: spot }))).toBe(expected);
  });

  test('whoever asked or follows sees the photo once it is kept, nobody else, and not when it is open again', async () => {
    const [subject, follower] = [desk.somebody(), desk.somebody()];
    const reference = await desk.open(subject);
    await desk.ok('follow', { reference }, follower);
    const by = await officer('roads-gn');
    const photo = sent(3);
    await move(reference, 'close', { by, hour: 3, note: 'Filled', photo, place: spot });
    expect(await desk.find(reference, subject)).toMatchObject({ proof: null });
    const hash = photo.replaceAll('-', '');
    await fetched(photo, by, {});
    await database.query('update message_files set hash = $2 where message_id = $1', [photo, hash]);
    await database.query(`insert into files (organization_id, hash, mime_type, bytes) values ($1, $2, 'image/jpeg', 1)`, [
      desk.organizationId,
      hash,
    ]);
    for (const seer of [subject, follower])
      expect(await desk.find(reference, seer)).toMatchObject({ proof: { hash, mimeType: 'image/jpeg' } });
    expect(await desk.find(reference, desk.somebody())).toMatchObject({ proof: null });
    await desk.ok('reopen', { reference }, subject, { now: after(4) });
    expect(await desk.find(reference, subject)).toMatchObject({ proof: null });
  });

  test('the photo stays with the request', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    const by = await officer('roads-gn');
    await move(reference, 'close', { by, hour: 3, note: 'Filled', photo: sent(3), place: spot });
    expect(await desk.find(reference, subject)).toMatchObject({ status: 'closed', attachments: 1 });
  });
});

describe('my work', () => {
  const lists = async (post: keyof typeof PHONES, view: string, hour: number) =>
    desk.ok('myWork', { view }, await officer(post), { now: after(hour) });

  test('lists the own requests, late ones first, and for a post above what is late below', async () => {
    const at = { ...POTHOLE, area: 'P/N' };
    const early = await desk.open(desk.somebody(), { now: START }, at);
    const leak = await desk.open(desk.somebody(), { now: after(1) }, { ...at, category: 'footpath' });
    const later = await desk.open(desk.somebody(), { now: after(2) }, at);
    const closed = await desk.open(desk.somebody(), { now: after(2) }, at);
    await desk.close(closed, after(3));
    expect(await lists('roads-pn', 'own', 25)).toMatchObject({
      ...{ post: 'Roads, P/N', count: 3, overdue: 1, late: 0 },
      items: [
        { reference: early, overdue: true, where: 'Balmohan, Shivaji Park' },
        { reference: later, overdue: false },
        { reference: leak },
      ],
    });
    const above = await caller('912255501008');
    expect(await desk.ok('myWork', { view: 'own' }, above, { now: after(25) })).toMatchObject({ count: 0, late: 1, items: [] });
    expect(await desk.ok('myWork', { view: 'below' }, above, { now: after(25) })).toMatchObject({
      ...{ count: 1, overdue: 1 },
      items: [{ reference: early }],
    });
  });

  test('lists fifty of many, and says how many there are', async () => {
    for (let count = 0; count < 53; count += 1) await desk.open(desk.somebody(), {}, { ...POTHOLE, category: 'dirty-water' });
    const list = await lists('water-gn', 'own', 1);
    expect(property(list, 'count')).toBeGreaterThan(52);
    expect(property(list, 'items')).toHaveLength(50);
    expect(JSON.stringify(list).length).toBeLessThan(30_000);
  });
});
