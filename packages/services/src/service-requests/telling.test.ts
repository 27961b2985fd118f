/** Who is told of what, once; and citizens who are waited for. */
import { type Database, ensureOrganization, freshId } from '@hazir/store';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { Told } from '../tell.ts';
import { mergeRequests } from './merge.ts';
import { moveRequest } from './move.ts';
import { sendNotices } from './notifications/send.ts';
import { after, openTestDesk, START, saveNumber, type TestDesk } from './testing.ts';
import { transferRequest } from './transfer.ts';
import { remindCitizens } from './waiting.ts';

let database: Database;
let desk: TestDesk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

/** Everybody who is told now. */
async function told(now = START): Promise<Told[]> {
  const heard: Told[] = [];
  await sendNotices(database, { now, tell: async (_, one) => void heard.push(one) });
  return heard;
}

beforeEach(async () => {
  await told();
});

const remind = (now: Date) => remindCitizens(database, { now, desks: new Map([[desk.organizationId, desk.desk]]) });

describe('who is told', () => {
  test('the citizen of each move of an officer, on the channel of the request, in order, once', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    expect(await told()).toEqual([]);
    await desk.move(reference, 'start', after(1));
    await desk.close(reference, after(2));
    const heard = await told();
    const { rows } = await database.query<{ id: string; move: string }>(
      'select id, move from service_request_events where contact_id = $1 and move is not null order by happened_at',
      [subject.contactId],
    );
    expect(rows.map(({ move }) => move)).toEqual(['start', 'close']);
    const hearer = { organizationId: desk.organizationId, contactId: subject.contactId, channelId: 7, flow: 'request-update' };
    expect(heard).toEqual(rows.map(({ id }) => ({ ...hearer, values: { reference, event: id } })));
    expect(await told()).toEqual([]);
  });

  test('followers too, and nobody of what they did themselves', async () => {
    const [owner, follower, other] = [desk.somebody(), desk.somebody(), desk.somebody()];
    const reference = await desk.open(owner);
    await desk.ok('follow', { reference }, follower);
    await desk.ok('follow', { reference }, other);
    await desk.close(reference, after(1));
    const everybody = [owner, follower, other].map(({ contactId }) => contactId).sort();
    expect((await told()).map(({ contactId }) => contactId).sort()).toEqual(everybody);
    await desk.ok('reopen', { reference }, follower, { now: after(2) });
    expect((await told()).map(({ contactId }) => contactId).sort()).toEqual([owner.contactId, other.contactId].sort());
    expect(await desk.find(reference, owner)).toMatchObject({ followers: 2, status: 'open' });
  });

  test('the citizens of both requests hear of what becomes of a merged one', async () => {
    const [first, second] = [desk.somebody(), desk.somebody()];
    const [kept, same] = [await desk.open(first), await desk.open(second)];
    const acting = { organizationId: desk.organizationId, actor: { as: 'system', id: 'desk' } as const, newId: () => freshId(0) };
    await database.transaction((tx) => mergeRequests(tx, desk.desk, { reference: same, into: kept, now: after(1), ...acting }));
    expect((await told()).map(({ contactId, values }) => [contactId, values.reference])).toEqual([[second.contactId, same]]);
    await desk.close(kept, after(2));
    expect((await told()).map(({ contactId }) => contactId).sort()).toEqual([first.contactId, second.contactId].sort());
  });

  test('a crash while telling tells everybody again, and two workers share what there is', async () => {
    const references = await Promise.all(Array.from({ length: 20 }, () => desk.open(desk.somebody())));
    for (const reference of references) await desk.move(reference, 'start', after(1));
    const crash = sendNotices(database, { now: START, tell: () => Promise.reject(new Error('lost')) });
    await expect(crash).rejects.toThrow('lost');
    const heard = (await Promise.all([told(), told()])).flat();
    expect(heard.map(({ values }) => values.reference).sort()).toEqual([...references].sort());
  });

  test('what is said of it is only for those whom it concerns', async () => {
    const [owner, follower] = [desk.somebody(), desk.somebody()];
    const reference = await desk.open(owner);
    await desk.ok('follow', { reference }, follower);
    await desk.ok('addNote', { reference, note: 'My own words' }, owner);
    await desk.move(reference, 'seek_sanction', after(1), { note: 'Above our budget' });
    const [event] = (await told()).map(({ values }) => values.event);
    const news = (subject: typeof owner, language = 'en') =>
      desk.run('news', { reference, event: event ?? '' }, subject, { language });
    const said = { said: 'needs sanction first', note: 'Above our budget', ledTo: 'waiting', canReopen: false };
    expect(await news(owner)).toMatchObject({ value: { own: true, ...said } });
    expect(await news(follower)).toMatchObject({ value: { own: false, ...said, canWithdraw: false } });
    expect(await news(owner, 'mr')).toMatchObject({ value: { said: 'आधी मंजुरी हवी', stateName: 'मंजुरीची वाट पाहत आहे' } });
    expect(await news(desk.somebody())).toMatchObject({ error: { code: 'service-requests:not-found' } });
    expect(JSON.stringify(await desk.find(reference, follower))).not.toContain('My own words');
  });

  test('an officer by the phone of the post, who need not have written before', async () => {
    const channel = await saveNumber(database, desk.organizationId);
    const subject = { ...desk.somebody() };
    const reference = await desk.open({ ...subject, conversationId: `${subject.contactId}/${channel.id}` });
    await desk.move(reference, 'ask_citizen', after(1), { note: 'Which side?' });
    await told();
    const acting = {
      organizationId: desk.organizationId,
      actor: { as: 'system', id: 'desk' } as const,
      now: after(2),
      newId: () => freshId(2),
    };
    const to = { department: 'water' };
    await database.transaction((tx) => transferRequest(tx, desk.desk, { reference, to, note: 'x', ...acting }));
    await told();
    await database.transaction((tx) =>
      transferRequest(tx, desk.desk, {
        reference,
        to: { post: 'roads-gn' },
        note: 'x',
        ...acting,
        now: after(3),
        newId: () => freshId(3),
      }),
    );
    const officer = (await told()).find(({ flow }) => flow === 'request-work');
    expect(officer).toMatchObject({ channelId: channel.id, values: { reference } });
    expect(officer?.contactId).not.toBe(subject.contactId);
  });

  test('an officer of what came by no number, on the first one; of an organization without numbers nobody', async () => {
    const channel = await saveNumber(database, desk.organizationId);
    const subject = desk.somebody();
    const reference = await desk.open({ ...subject, conversationId: subject.contactId });
    expect(await told()).toMatchObject([{ channelId: channel.id, flow: 'request-work', values: { reference } }]);
    const nobody = await ensureOrganization(database, 'no-number', 'No number');
    await desk.open({ ...desk.somebody(), organizationId: nobody.id });
    expect(await told()).toEqual([]);
    const { rows } = await database.query('select from service_request_notices');
    expect(rows).toEqual([]);
  });

  test('by a line for one type of channel only those who are told on such a one', async () => {
    const channel = await saveNumber(database, desk.organizationId);
    const lines = ['whatsapp', 'sms'].flatMap((type) =>
      (['citizen', 'supervisor'] as const).map((to) => {
        const flow = `${type}-${to}`;
        return { event: 'service_request_moved' as const, moves: ['seek_sanction'], to, flow, channel: type };
      }),
    );
    const withLines = { ...desk.desk, notifications: lines };
    const subject = desk.somebody();
    const reference = await desk.open({ ...subject, conversationId: `${subject.contactId}/${channel.id}` });
    const elsewhere = await desk.open(desk.somebody());
    await told();
    const actor = { as: 'system', id: 'desk' } as const;
    for (const one of [reference, elsewhere]) {
      const acting = { organizationId: desk.organizationId, actor, now: after(1), newId: () => freshId(1) };
      const asked = { reference: one, move: 'seek_sanction', note: 'A new road' };
      await database.transaction((tx) => moveRequest(tx, withLines, { ...asked, ...acting }));
    }
    expect(new Set((await told()).map(({ flow, values }) => `${flow} ${values.reference}`))).toEqual(
      new Set([`whatsapp-citizen ${reference}`, `whatsapp-supervisor ${reference}`, `whatsapp-supervisor ${elsewhere}`]),
    );
  });

  test("the officer alone of citizens' own words and photos", async () => {
    const channel = await saveNumber(database, desk.organizationId);
    const [owner, follower] = [desk.somebody(), desk.somebody()];
    const reference = await desk.open({ ...owner, conversationId: `${owner.contactId}/${channel.id}` });
    await desk.ok('follow', { reference }, follower);
    await told();
    for (const subject of [owner, follower]) {
      await desk.ok('addNote', { reference, note: 'Deeper' }, subject, { now: after(1) });
      await desk.ok('addAttachment', { reference, attachment: freshId(1) }, subject, { now: after(1) });
    }
    const heard = await told();
    expect(heard.map(({ flow, values }) => [flow, values.reference])).toEqual(Array(4).fill(['request-work', reference]));
    expect(new Set(heard.map(({ contactId }) => contactId)).size).toBe(1);
  });
});

describe('a citizen who is waited for', () => {
  const ask = async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.move(reference, 'ask_citizen', START, { note: 'Which side?' });
    await told();
    return { subject, reference };
  };

  test('is reminded after two and four days with the question, and after a week it is closed', async () => {
    const { subject, reference } = await ask();
    const days: string[] = [];
    for (let hour = 1; hour <= 200; hour += 1) {
      await remind(after(hour));
      for (const { values } of await told(after(hour))) {
        const result = await desk.ok('news', { reference, event: values.event ?? '' }, subject);
        days.push(`${hour} ${JSON.stringify(result).includes('Which side?')}`);
      }
    }
    expect(days).toEqual(['48 true', '96 true', '168 false']);
    expect(await desk.find(reference, subject, { now: after(200) })).toMatchObject({
      status: 'unanswered',
      kind: 'closed',
      canReopen: true,
    });
  });

  test('is reminded once by two workers, and late rather than twice', async () => {
    await ask();
    await Promise.all([remind(after(60)), remind(after(60))]);
    expect(await told()).toHaveLength(1);
  });

  test('is not reminded any more after the answer, which counts once', async () => {
    const { subject, reference } = await ask();
    const turn = freshId(1);
    const answer = { reference, note: 'The left', attachment: freshId(2) };
    for (let time = 0; time < 2; time += 1)
      expect(await desk.ok('answer', answer, subject, { now: after(1), turn })).toEqual({
        ...{ reference, status: 'in_progress' },
        expectedAt: after(25).toISOString(),
      });
    expect(await desk.run('answer', { reference, note: 'Again' }, subject, { now: after(2) })).toMatchObject({
      error: { code: 'service-requests:bad-move' },
    });
    await remind(after(300));
    expect((await told()).filter(({ contactId }) => contactId === subject.contactId)).toEqual([]);
    expect(await desk.find(reference, subject)).toMatchObject({
      attachments: 1,
      events: [{}, {}, { move: 'answer', note: 'The left' }],
    });
  });
});
