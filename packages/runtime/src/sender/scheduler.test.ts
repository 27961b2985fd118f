import type { SendOutcome } from '@hazir/core';
import { LANES, type OutboxRow } from '@hazir/store';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ACCEPTED, type Bench, FAILED, IN_DOUBT, IN_DOUBT_MS, many, NUMBER, openBench, PAIR, row, THROTTLED } from './testing.ts';

let bench: Bench;

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 22) }));
afterEach(async () => {
  await bench.scheduler.stop();
  vi.useRealTimers();
});

const ids = (rows: readonly OutboxRow[]) => rows.map((one) => one.id);
const contacts = () => bench.posted.map((id) => id.split('-')[0]);
const state = () => {
  const [number] = bench.scheduler.state();
  if (number === undefined) throw new Error('no number');
  return number;
};
/** Lets the clock run. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Posts hang until released. */
const holdPosts = () => {
  const waiting: ((outcome: SendOutcome) => void)[] = [];
  bench.answer = () => new Promise((resolve) => waiting.push(resolve));
  return (outcome: SendOutcome = ACCEPTED) => {
    bench.answer = () => ACCEPTED;
    for (const release of waiting.splice(0)) release(outcome);
  };
};

describe('what is posted with its commit', () => {
  test('the first message of each citizen; a second one waits for the first', async () => {
    bench = await openBench();
    const rows = [row('a'), row('b'), row('a')];
    expect(bench.say(...rows)).toEqual([0, 0, 1]);
    await bench.scheduler.settled();
    expect(bench.posted).toEqual([rows[0]?.id, rows[1]?.id, rows[2]?.id]);
    expect(bench.outbox.size).toBe(0);
  });

  test.each<[string, (bench: Bench) => void]>([
    ['the number is stopped', (one) => Object.assign(one.channel, { stoppedReason: '190' })],
    ['the number may be somebody else’s', (one) => Object.assign(one, { mayPost: false })],
    ['no place is free', (one) => void one.say(...many(4, 'x', 'reply'))],
    ['the number has used its rate', (one) => one.scheduler.received(NUMBER, 1_000)],
    ['nobody opened the number', (one) => one.scheduler.drop([NUMBER])],
  ])('nothing when %s', async (_why, prepare) => {
    bench = await openBench({ postsOfNumber: 4 });
    prepare(bench);
    expect(bench.scheduler.reserve(row('a'))).toBe(1);
  });

  test('nothing when the citizen has had 45 within seconds', async () => {
    bench = await openBench();
    const states: number[] = [];
    for (let n = 0; n < 46; n += 1) {
      states.push(...bench.say(row('a')));
      await bench.scheduler.settled();
    }
    expect(states).toEqual([...Array(45).fill(0), 1]);
  });

  test('a commit that failed frees its places', async () => {
    bench = await openBench({ postsOfNumber: 1 });
    const lost = row('a');
    lost.state = bench.scheduler.reserve(lost);
    expect([lost.state, bench.scheduler.reserve(row('b'))]).toEqual([0, 1]);
    bench.scheduler.unreserve([lost]);
    expect(bench.say(row('b'))).toEqual([0]);
    await bench.scheduler.settled();
    expect(contacts()).toEqual(['b']);
  });

  test.each([
    ['was made after all', true, ['a1', 'a2']],
    ['was not made', false, ['a2']],
  ])('a commit whose answer was lost and that %s: in order, once', async (_what, made, said) => {
    bench = await openBench();
    const first = row('a', { id: 'a1' });
    first.state = bench.scheduler.reserve(first);
    if (made) bench.store(first);
    bench.scheduler.unreserve([first], true);
    expect(bench.say(row('a', { id: 'a2' }))).toEqual([1]);
    await pass(10);
    expect(bench.posted).toEqual(said);
  });
});

describe('order', () => {
  test('the more urgent first, whenever a place is free', async () => {
    bench = await openBench({ postsOfNumber: 1 });
    const release = holdPosts();
    bench.say(row('first'));
    for (const lane of LANES.toReversed()) bench.say(...many(2, lane, lane));
    release();
    await bench.scheduler.settled();
    expect(contacts()).toEqual(['first', ...LANES.flatMap((lane) => [`${lane}0`, `${lane}1`])]);
  });

  test('within a lane each citizen in turn', async () => {
    bench = await openBench({ postsOfNumber: 1 });
    const release = holdPosts();
    bench.say(row('first'));
    bench.say(row('a'), row('a'), row('a'), row('b'), row('c'), row('b'));
    release();
    await bench.scheduler.settled();
    expect(contacts()).toEqual(['first', 'a', 'b', 'c', 'a', 'b', 'a']);
  });

  test('a message that must be tried again holds up its own citizen only', async () => {
    bench = await openBench({ postsOfNumber: 2 });
    let failures = 3;
    bench.answer = ({ contactId }) => (contactId === 'bad' && failures-- > 0 ? FAILED : ACCEPTED);
    const [first, second] = [row('bad'), row('bad')];
    bench.say(first, second, ...many(20, 'good', 'reply'));
    await bench.scheduler.settled();
    expect(bench.posted).toHaveLength(21);
    await pass(10_000);
    expect(bench.posted.filter((id) => id.startsWith('bad'))).toEqual([...Array(4).fill(first.id), second.id]);
  });

  test('a broadcast of 10,000 is never in memory at once, delays no reply, and goes out once and in order', async () => {
    bench = await openBench({ rowsInMemory: 400, postsOfNumber: 8 });
    const broadcast = many(10_000, 'c', 'broadcast');
    bench.store(...broadcast);
    bench.scheduler.look([NUMBER]);
    let most = 0;
    for (let tick = 0; tick < 200; tick += 1) {
      await pass(100);
      most = Math.max(most, bench.scheduler.waiting());
      expect(bench.say(row(`reply${tick}`))).toEqual([0]);
    }
    expect(most).toBeLessThanOrEqual(50 + 8);
    expect(bench.posted.filter((id) => id.startsWith('c'))).toEqual(ids(broadcast));
    expect(bench.outbox.size).toBeLessThanOrEqual(1);
  });

  test('what is committed while the outbox is being read is neither lost nor doubled', async () => {
    bench = await openBench({ rowsInMemory: 16, postsOfNumber: 2 });
    const said: string[] = [];
    for (let wave = 0; wave < 50; wave += 1) {
      const rows = Array.from({ length: 7 }, (_, n) => row(`c${n}`));
      said.push(...ids(rows));
      bench.say(...rows);
      await pass(wave % 3);
    }
    await pass(300_000);
    expect([...bench.posted].sort()).toEqual(said.sort());
    for (let n = 0; n < 7; n += 1) {
      const own = bench.posted.filter((id) => id.startsWith(`c${n}-`)).map((id) => Number(id.split('-')[1]));
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  });
});

describe('rates', () => {
  test('a pair: 45 at once, then one in six seconds, and others go on', async () => {
    bench = await openBench();
    bench.say(...Array.from({ length: 50 }, () => row('a')), row('b'));
    await pass(100);
    expect(contacts().filter((contact) => contact === 'a')).toHaveLength(45);
    expect(contacts()).toContain('b');
    await pass(12_100);
    expect(contacts().filter((contact) => contact === 'a')).toHaveLength(47);
  });

  test('a pair that the provider throttles waits in all lanes', async () => {
    bench = await openBench();
    bench.answer = () => PAIR;
    bench.say(row('a'));
    await bench.scheduler.settled();
    bench.answer = () => ACCEPTED;
    expect(bench.say(row('a', { lane: 'emergency' }), row('b'))).toEqual([1, 0]);
    await bench.scheduler.settled();
    expect(contacts()).toEqual(['a', 'b']);
    await pass(1_100);
    expect(contacts()).toEqual(['a', 'b', 'a', 'a']);
  });

  test('a number: what it may in a second, in and out together', async () => {
    bench = await openBench({ rate: 80 });
    bench.say(...many(300, 'c', 'reply'));
    await pass(1_000);
    expect(bench.posted).toHaveLength(20 + 80);
    bench.scheduler.received(NUMBER, 20);
    await pass(1_000);
    expect(bench.posted.length).toBeGreaterThan(20 + 80 + 57);
    expect(bench.posted.length).toBeLessThanOrEqual(20 + 80 + 60);
  });

  test('a broadcast leaves tokens and places for replies', async () => {
    bench = await openBench({ rate: 80, postsOfNumber: 8 });
    bench.say(...many(500, 'c', 'broadcast'));
    for (let tick = 0; tick < 20; tick += 1) {
      await pass(100);
      expect(bench.say(row(`r${tick}`))).toEqual([0]);
    }
    const release = holdPosts();
    await pass(1_000);
    expect(state().inFlight).toBe(6);
    expect(bench.say(row('late'))).toEqual([0]);
    release();
  });

  test('a throttle of the account pauses the whole number, halves its rate, and wears off in steps', async () => {
    bench = await openBench({ rate: 80 });
    bench.answer = () => THROTTLED;
    bench.say(row('a'), row('b'));
    await bench.scheduler.settled();
    bench.answer = () => ACCEPTED;
    bench.say(...many(10, 'c', 'emergency'));
    await pass(1_900);
    expect(bench.posted).toHaveLength(2);
    expect(state()).toMatchObject({ rate: 40, pausedUntil: Date.now() + 100 });
    await pass(2_000);
    expect(bench.posted).toHaveLength(14);
    await pass(10_000);
    expect(state().rate).toBe(60);
    await pass(10_000);
    expect(state().rate).toBe(80);
  });

  test('all numbers together have so many places, and take turns', async () => {
    bench = await openBench({ postsInAll: 4, postsOfNumber: 4 });
    await bench.scheduler.open([8]);
    await bench.scheduler.settled();
    const release = holdPosts();
    bench.say(...many(8, 'a', 'reply'));
    bench.say(...many(4, 'b', 'reply').map((one) => ({ ...one, channelId: 8 })));
    expect(bench.posted).toHaveLength(4);
    release();
    await bench.scheduler.settled();
    expect(
      contacts()
        .slice(4, 9)
        .filter((contact) => contact?.startsWith('b')),
    ).not.toEqual([]);
    expect(bench.posted).toHaveLength(12);
  });
});

describe('a provider that does not answer', () => {
  test('failures of several citizens open the circuit; one post tries, and its success closes it', async () => {
    bench = await openBench({ failuresToOpen: 3 });
    bench.answer = () => FAILED;
    bench.say(...many(3, 'a', 'reply'));
    await bench.scheduler.settled();
    expect([state().circuit, bench.posted.length]).toEqual(['open', 3]);
    expect(bench.say(...many(5, 'b', 'reply'))).toEqual([1, 1, 1, 1, 1]);
    await pass(400);
    expect(bench.posted).toHaveLength(3);
    await pass(700);
    expect([state().circuit, bench.posted.length]).toEqual(['open', 4]);
    bench.answer = () => ACCEPTED;
    await pass(30_000);
    expect([state().circuit, bench.outbox.size]).toEqual(['closed', 0]);
    expect(bench.events).toEqual(expect.arrayContaining(['circuit_opened', 'circuit_closed']));
  });

  test('failures of one citizen do not', async () => {
    bench = await openBench({ failuresToOpen: 3 });
    bench.answer = () => FAILED;
    bench.say(row('a'));
    await pass(10_000);
    expect(bench.posted.length).toBeGreaterThan(5);
    expect(state().circuit).toBe('closed');
  });
});

describe('in doubt', () => {
  const sayInDoubt = async () => {
    bench = await openBench();
    bench.answer = () => IN_DOUBT;
    const [doubtful, next] = [row('a', { id: 'a1' }), row('a', { id: 'a2' })];
    bench.say(doubtful, next);
    await bench.scheduler.settled();
    bench.answer = () => ACCEPTED;
    expect(bench.posted).toEqual(['a1']);
    return doubtful;
  };

  test.each<[string, (id: string) => void]>([
    ['came to us', (id) => bench.scheduler.arrived(id)],
    ['came to another process', () => undefined],
  ])('a status that %s frees the citizen’s next message', async (_where, tell) => {
    const { id } = await sayInDoubt();
    bench.outbox.delete(id);
    tell(id);
    await pass(2_100);
    expect(bench.posted).toEqual(['a1', 'a2']);
  });

  test('without a status it is sent again when the grace is over, before the next', async () => {
    await sayInDoubt();
    await pass(IN_DOUBT_MS - 1_000);
    expect(bench.posted).toEqual(['a1']);
    await pass(2_000);
    expect(bench.posted).toEqual(['a1', 'a1', 'a2']);
  });

  test('what another process has put off is followed', async () => {
    const { id } = await sayInDoubt();
    Object.assign(bench.outbox.get(id) ?? {}, { state: 1, dueAt: new Date() });
    await pass(2_100);
    expect(bench.posted).toEqual(['a1', 'a1', 'a2']);
  });
});

describe('numbers come and go', () => {
  test('what was being posted when its sender died waits for a status; the rest goes', async () => {
    bench = await openBench({ opened: false });
    bench.store(
      row('a', { id: 'a1', state: 0 }),
      row('a', { id: 'a2' }),
      row('b', { id: 'b1' }),
      row('c', { id: 'c1', state: 2 }),
    );
    await pass(10 * IN_DOUBT_MS);
    await bench.scheduler.open([NUMBER]);
    await bench.scheduler.settled();
    await pass(IN_DOUBT_MS - 1_000);
    expect([bench.posted, state().inDoubt]).toEqual([['b1'], 2]);
    await pass(2_000);
    expect(bench.posted).toEqual(['b1', 'a1', 'c1', 'a2']);
  });

  test('handed back: what is under way ends, what was not posted is due for the next', async () => {
    bench = await openBench({ postsOfNumber: 2 });
    const release = holdPosts();
    bench.say(...many(3, 'a', 'reply'));
    bench.mayPost = false;
    let done = false;
    const handing = bench.scheduler.handBack([NUMBER]).then(() => {
      done = true;
    });
    await pass(100);
    expect(done).toBe(false);
    release();
    await handing;
    expect([...bench.outbox.values()].map((one) => [one.contactId, one.state])).toEqual([['a2', 1]]);
    expect(bench.scheduler.state()).toEqual([]);
    await pass(5_000);
    expect(bench.posted).toHaveLength(2);
  });

  test('reserved, committed and not allowed any more: given back when the number is', async () => {
    bench = await openBench();
    const late = row('a');
    late.state = bench.scheduler.reserve(late);
    bench.mayPost = false;
    bench.store(late);
    bench.scheduler.take([late]);
    await bench.scheduler.handBack([NUMBER]);
    expect([bench.posted, bench.outbox.get(late.id)?.state]).toEqual([[], 1]);
  });

  test('lost: nothing more is posted, outcomes of what was under way are written', async () => {
    bench = await openBench({ postsOfNumber: 2 });
    const release = holdPosts();
    bench.say(...many(3, 'a', 'reply'));
    const late = row('late');
    bench.scheduler.drop([NUMBER]);
    release();
    await bench.scheduler.settled();
    expect([...bench.outbox.values()].map((one) => one.contactId)).toEqual(['a2']);
    late.state = 0;
    bench.store(late);
    bench.scheduler.take([late]);
    await pass(2_000);
    expect([bench.posted.length, bench.outbox.get(late.id)?.state]).toEqual([2, 1]);
  });

  test('not confirmed: waits, and goes when it is', async () => {
    bench = await openBench();
    bench.mayPost = false;
    bench.say(row('a'));
    await pass(2_000);
    expect(bench.posted).toEqual([]);
    bench.mayPost = true;
    await pass(200);
    expect(contacts()).toEqual(['a']);
  });

  test('stopped: holds its queue, and goes on when it is resumed', async () => {
    bench = await openBench();
    bench.channel.stoppedReason = '190';
    bench.say(...many(30, 'a', 'reply'));
    await pass(60_000);
    expect(bench.posted).toEqual([]);
    bench.channel.stoppedReason = null;
    await pass(2_000);
    expect(bench.posted).toHaveLength(30);
  });
});

describe('the database', () => {
  test('is away when a number is won: it is opened when it is back', async () => {
    bench = await openBench({ opened: false });
    bench.store(row('a'));
    bench.away = true;
    await bench.scheduler.open([NUMBER]);
    bench.away = false;
    await vi.waitFor(() => expect(bench.posted).toHaveLength(1), { timeout: 5_000 });
  });

  test('is away when a row is to be claimed: it is posted when it is back', async () => {
    bench = await openBench();
    bench.say(row('a', { id: 'a1' }), row('a', { id: 'a2' }));
    bench.away = true;
    await pass(500);
    bench.away = false;
    await vi.waitFor(() => expect(bench.posted).toEqual(['a1', 'a2']), { timeout: 5_000 });
  });

  test('carried a claim out and its answer was lost: posted all the same', async () => {
    bench = await openBench({ postsOfNumber: 1 });
    const release = holdPosts();
    bench.say(row('x'), row('a', { id: 'a1' }));
    bench.loseClaim = true;
    release();
    await pass(2_000);
    expect(bench.posted).toContain('a1');
    expect(bench.outbox.size).toBe(0);
  });

  test('has rows that nobody holds: the sweep finds them', async () => {
    bench = await openBench();
    bench.store(row('a'), row('b', { state: 0 }));
    await pass(31_000);
    await bench.scheduler.sweep();
    await bench.scheduler.settled();
    expect(contacts()).toEqual(['a']);
    for (let sweep = 0; sweep < 10; sweep += 1) await bench.scheduler.sweep();
    await pass(IN_DOUBT_MS + 1_000);
    expect(contacts()).toEqual(['a', 'b']);
  });
});
