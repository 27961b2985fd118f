import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { Database } from '../database.ts';
import { derivedId, freshId, inboundId, timeOfId } from '../ids.ts';
import { ensureOrganization } from '../setup/organizations.ts';
import { loadConversations } from './conversations.ts';
import { type MessageFact, mergeFacts, recordFacts, statusOf } from './facts.ts';
import { ingest, readInbox } from './inbox.ts';
import {
  claimOutbox,
  forgottenInOutbox,
  holdAbandoned,
  holdInDoubt,
  type OutboxRow,
  postponeOutbox,
  readOutbox,
  returnToOutbox,
  stillInOutbox,
} from './outbox.ts';
import { commitTurns, emptyTurns, isConflict, type OutboxWrite, type TurnsWrite } from './turns.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);
let database: Database;
let organizationId: number;

beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'path', 'Path')).id;
});

const newContact = async () => {
  const contactId = freshId(NOW);
  await database.query('insert into contacts (organization_id, id) values ($1, $2)', [organizationId, contactId]);
  return contactId;
};
const entry = (id: string) => ({ id, organizationId, channelId: 1, payload: '{}' });
const turn = (contactId: string, seqs: number[], version = 0): TurnsWrite => {
  const key = { organizationId, contactId, channelId: 1 };
  const id = derivedId(freshId(NOW), 1);
  return {
    ...emptyTurns(),
    seqs,
    conversations: [{ ...key, version, session: '{"n":1}', lastInboundAt: new Date(NOW), wakeAt: null }],
    messages: [{ ...key, id, outbound: true, externalId: null, content: '{}', origin: 'menu/ask' }],
    outbox: [{ ...key, id, state: 0, dueAt: new Date(NOW), payload: '{}', lane: 'reply' }],
  };
};
const conflictOf = (write: TurnsWrite) => commitTurns(database.path, write).then(() => undefined, isConflict);

describe('ids', () => {
  test('the same message has the same id, whose time is the provider’s', () => {
    const id = inboundId('n1', 'wamid.A', NOW);
    expect(inboundId('n1', 'wamid.A', NOW)).toBe(id);
    expect(inboundId('n2', 'wamid.A', NOW)).not.toBe(id);
    expect(timeOfId(id)).toBe(NOW);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('what follows from a message sorts in the order in which it followed', () => {
    const id = inboundId('n1', 'wamid.A', NOW);
    const ids = Array.from({ length: 20 }, (_, n) => derivedId(id, n + 1));
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('outbox', () => {
  let channelId = 100;
  const rowsOf = async (contactId: string) => {
    const { rows } = await database.query('select state, attempt, doubts, payload from outbox where contact_id = $1', [
      contactId,
    ]);
    return rows;
  };
  const read = (limit = 10, except: string[] = []) => readOutbox(database.path, { channelId, lane: 'reply', except, limit });
  const waiting = async (contactId: string, changes: Partial<OutboxWrite> = {}): Promise<OutboxRow> => {
    const row: OutboxWrite = {
      ...{ organizationId, contactId, channelId, id: derivedId(freshId(NOW), 1), state: 1, dueAt: new Date(NOW) },
      ...{ payload: '{"content":{"type":"text","text":"Hello"}}', lane: 'reply', ...changes },
    };
    const message = { ...row, outbound: true, externalId: null, content: row.payload, origin: 'menu/ask' };
    await commitTurns(database.path, { ...emptyTurns(), messages: [message], outbox: [row] });
    return { ...row, attempt: 0, doubts: 0 };
  };
  const claim = (row: OutboxRow, again = false) =>
    claimOutbox(database.path, [{ ...row, channelType: 'whatsapp', again }]).then(([claimed]) => claimed);
  beforeEach(() => {
    channelId += 1;
  });

  test('is read in the order of commits, also when two messages of one second got ids the other way round', async () => {
    const contactId = await newContact();
    const base = [1, 2]
      .map(() => derivedId(freshId(NOW), 1))
      .sort()
      .reverse();
    for (const id of base) await waiting(contactId, { id });
    expect((await read()).map((row) => row.id)).toEqual(base);
  });

  test('is read in portions, without what the reader has, what is being posted, and other lanes', async () => {
    const contactId = await newContact();
    const [first, second, third] = [await waiting(contactId), await waiting(contactId), await waiting(contactId)];
    await waiting(contactId, { state: 0 });
    await waiting(contactId, { lane: 'broadcast' });
    expect((await read(2)).map((row) => row.id)).toEqual([first.id, second.id]);
    expect((await read(10, [first.id, second.id])).map((row) => row.id)).toEqual([third.id]);
  });

  test('a claim is noted, brings words, window and addresses, and is given once', async () => {
    const contactId = await newContact();
    await commitTurns(database.path, {
      ...emptyTurns(),
      conversations: [
        { organizationId, contactId, channelId, version: 0, session: null, lastInboundAt: new Date(NOW), wakeAt: null },
      ],
    });
    await database.query(
      `insert into contact_identities (organization_id, channel_type, scope, kind, value, contact_id, source, valid_from, last_seen_at)
       values ($1, 'whatsapp', 's', 'phone', $3, $2, 'channel', now(), now())`,
      [organizationId, contactId, contactId.slice(0, 12)],
    );
    const row = await waiting(contactId);
    expect(await claim(row)).toEqual({
      payload: row.payload,
      lastInboundAt: new Date(NOW),
      to: [{ kind: 'phone', value: contactId.slice(0, 12) }],
    });
    expect(await rowsOf(contactId)).toMatchObject([{ state: 0 }]);
    expect(await claim(row)).toBeNull();
    expect(await claim(row, true)).toMatchObject({ payload: row.payload });
    await database.query('delete from outbox where id = $1', [row.id]);
    expect(await claim(row, true)).toBeNull();
  });

  test('many are claimed in one statement, each answer for its own row', async () => {
    const contactId = await newContact();
    const rows = [];
    for (const text of ['a', 'b', 'c']) rows.push(await waiting(contactId, { payload: text }));
    await claim(rows[1] ?? (await waiting(contactId)));
    const claimed = await claimOutbox(
      database.path,
      rows.reverse().map((row) => ({ ...row, channelType: 'whatsapp', again: false })),
    );
    expect(claimed.map((one) => one?.payload)).toEqual(['c', undefined, 'a']);
  });

  test('an outcome that is not the last is written, and told apart from a message that has arrived', async () => {
    const contactId = await newContact();
    const row = await waiting(contactId, { state: 0 });
    const gone = { ...row, id: freshId(NOW) };
    const dueAt = new Date(NOW + 1_000);
    const postponed = await postponeOutbox(database.path, [
      { ...row, state: 2, attempt: 2, doubts: 1, dueAt, payload: '' },
      { ...gone, state: 1 },
    ]);
    expect(postponed).toEqual([true, false]);
    expect(await rowsOf(contactId)).toEqual([{ state: 2, attempt: 2, doubts: 1, payload: null }]);
    expect(await stillInOutbox(database.path, [row, gone])).toMatchObject([{ id: row.id, state: 2, dueAt }]);
  });

  test('what was being posted when its sender went away waits in doubt; what was handed back is due', async () => {
    const contactId = await newContact();
    const [posting, unposted, mine] = [
      await waiting(contactId, { state: 0 }),
      await waiting(contactId, { state: 0 }),
      await waiting(contactId, { state: 0 }),
    ];
    const later = await waiting(contactId);
    expect(await returnToOutbox(database.path, [unposted, later], new Date(NOW))).toEqual(new Set([unposted.id]));
    const dueAt = new Date(NOW + 60_000);
    const before = new Date(NOW + 1);
    expect(await holdAbandoned(database, { channelIds: [channelId], except: [mine.id], before, dueAt })).toBe(1);
    expect((await read()).map((row) => [row.id, row.state, row.doubts])).toEqual([
      [posting.id, 2, 1],
      [unposted.id, 1, 0],
      [later.id, 1, 0],
    ]);
  });

  test('what is in doubt when a number changes hands waits anew: its status may have found nobody', async () => {
    const contactId = await newContact();
    await waiting(contactId, { state: 0 });
    await waiting(contactId, { state: 2 });
    await waiting(contactId);
    const dueAt = new Date(NOW + 60_000);
    expect(await holdInDoubt(database, [channelId], dueAt)).toBe(2);
    expect((await read()).map((row) => [row.state, row.doubts, row.dueAt])).toEqual([
      [2, 1, dueAt],
      [2, 0, dueAt],
      [1, 0, new Date(NOW)],
    ]);
  });

  test('what is long due and in nobody’s hands is found', async () => {
    const contactId = await newContact();
    const [known, forgotten] = [await waiting(contactId), await waiting(contactId, { lane: 'notification' })];
    await waiting(contactId, { lane: 'broadcast', dueAt: new Date(NOW + 60_000) });
    const find = (except: string[]) =>
      forgottenInOutbox(database.path, { channelIds: [channelId], except, before: new Date(NOW + 1) });
    expect(await find([known.id])).toEqual([{ channelId, lane: 'notification' }]);
    expect(await find([known.id, forgotten.id])).toEqual([]);
  });
});

describe('inbox', () => {
  test('a message that waits already is taken in once, the others keep their order', async () => {
    const ids = [1, 2, 3].map((n) => inboundId('n1', `wamid.in${n}`, NOW));
    const first = await ingest(database, ids.slice(0, 2).map(entry));
    const second = await ingest(database, ids.map(entry));
    expect(second.map((row) => row.id)).toEqual([ids[2]]);
    expect((await readInbox(database, { channelId: 1, broadcasts: false, limit: 10 })).map((row) => row.id)).toEqual(ids);
    expect(first[0]?.seq).toBeLessThan(second[0]?.seq ?? 0);
  });
});

describe('commit of turns', () => {
  test('log, conversation and outbox are there, the inbox row is not', async () => {
    const contactId = await newContact();
    const [row] = await ingest(database, [entry(inboundId('n1', 'wamid.c1', NOW))]);
    await commitTurns(database.path, turn(contactId, [row?.seq ?? 0]));
    const [conversation] = await loadConversations(database, [{ organizationId, contactId, channelId: 1 }]);
    expect(conversation).toMatchObject({ version: 1, session: '{"n":1}', lastInboundAt: new Date(NOW) });
    expect((await readInbox(database, { channelId: 1, broadcasts: false, limit: 10 })).some((one) => one.id === row?.id)).toBe(
      false,
    );
    expect((await database.query('select 1 from outbox where contact_id = $1', [contactId])).rowCount).toBe(1);
  });

  test('a turn on an old version writes nothing', async () => {
    const contactId = await newContact();
    await commitTurns(database.path, turn(contactId, []));
    expect(await conflictOf(turn(contactId, [], 0))).toBe('moved');
    await commitTurns(database.path, turn(contactId, [], 1));
    expect(await conflictOf(turn(contactId, [], 1))).toBe('moved');
    expect((await database.query('select 1 from messages where contact_id = $1', [contactId])).rowCount).toBe(2);
  });

  test('an inbox row that somebody else took stops the whole batch', async () => {
    const contactId = await newContact();
    expect(await conflictOf(turn(contactId, [999_999]))).toBe('moved');
    expect((await database.query('select 1 from messages where contact_id = $1', [contactId])).rowCount).toBe(0);
  });

  test('a message that the log has already stops the batch as a duplicate', async () => {
    const contactId = await newContact();
    const write = turn(contactId, []);
    await commitTurns(database.path, write);
    expect(await conflictOf({ ...write, conversations: [], outbox: [] })).toBe('duplicate');
  });

  test('messages fall into the partition of their month', async () => {
    const contactId = await newContact();
    const id = inboundId('n1', 'wamid.part', Date.now());
    await commitTurns(database.path, {
      ...turn(contactId, []),
      outbox: [],
      messages: [{ organizationId, contactId, channelId: 1, id, outbound: false, externalId: 'w', content: '{}', origin: null }],
    });
    const { rows } = await database.query<{ name: string }>(
      'select tableoid::regclass::text as name from messages where id = $1',
      [id],
    );
    expect(rows[0]?.name).toBe(`messages_${new Date().toISOString().slice(0, 7).replace('-', '')}`);
  });
});

describe('facts', () => {
  const fact = (contactId: string, id: string, at: MessageFact['at']): MessageFact => ({
    organizationId,
    contactId,
    id,
    externalId: 'wamid.out',
    at,
    error: null,
    pricing: null,
  });
  const at = (second: number) => new Date(NOW + second * 1_000);

  test('read before delivered, repeated and mixed: the earliest time of each kind, once', async () => {
    const contactId = await newContact();
    const write = turn(contactId, []);
    await commitTurns(database.path, write);
    const id = write.messages[0]?.id ?? '';
    await recordFacts(database, mergeFacts([fact(contactId, id, { read: at(9) }), fact(contactId, id, { read: at(8) })]));
    await recordFacts(
      database,
      mergeFacts([
        fact(contactId, id, { delivered: at(5) }),
        fact(contactId, id, { sent: at(1) }),
        fact(contactId, id, { read: at(9) }),
      ]),
    );
    const { rows } = await database.query('select sent_at, delivered_at, read_at, external_id from messages where id = $1', [id]);
    expect(rows).toEqual([{ sent_at: at(1), delivered_at: at(5), read_at: at(8), external_id: 'wamid.out' }]);
  });

  test('a status proves that the provider has the message: it leaves the outbox', async () => {
    const contactId = await newContact();
    const write = turn(contactId, []);
    await commitTurns(database.path, write);
    await recordFacts(database, [fact(contactId, write.messages[0]?.id ?? '', { sent: at(1) })]);
    expect((await database.query('select 1 from outbox where contact_id = $1', [contactId])).rowCount).toBe(0);
  });

  test('a fact about an unknown message is reported back', async () => {
    const contactId = await newContact();
    const id = freshId(NOW);
    expect(await recordFacts(database, [fact(contactId, id, { sent: at(1) })])).toEqual([id]);
  });

  test.each([
    [{ sent: 1, failed: 2 }, 'failed'],
    [{ failed: 1, delivered: 2 }, 'delivered'],
    [{ read: 1 }, 'read'],
    [{ read: 1, played: 2 }, 'played'],
    [{ accepted: 1 }, 'accepted'],
    [{}, 'pending'],
  ])('%j shows as %s', (facts, shown) => expect(statusOf(facts)).toBe(shown));
});
