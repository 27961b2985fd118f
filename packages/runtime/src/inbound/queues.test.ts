import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArrivedRow } from './item.ts';
import { arrive, createQueue, finish, hasRoom, type Queue, queueKey, readBehind, takeFairly } from './queues.ts';

const row = (seq: number, channelId = 1): ArrivedRow => ({
  ...{ seq, channelId, id: `m${seq}`, organizationId: 1, attempts: 0, payload: '{"type":"start","flow":"menu"}' },
});
/** A queue that has read its inbox. */
const ready = async (channelId: number, organizationId: number, broadcasts = false): Promise<Queue> => {
  const queue = createQueue(channelId, organizationId, broadcasts);
  await readBehind(queue, async () => []);
  return queue;
};
const seqs = (items: Queue['items']) => items.map((item) => (item.kind === 'inbox' ? item.row.seq : 0));
const mapOf = (queues: Queue[]) => new Map(queues.map((queue) => [queueKey(queue.channelId, queue.broadcasts), queue]));

describe('batches', () => {
  test('an organization with one message is in the next batch, however much another has', async () => {
    const [busy, quiet] = [await ready(1, 1), await ready(2, 2)];
    for (let seq = 1; seq <= 500; seq += 1) arrive(busy, row(seq, 1));
    arrive(quiet, row(900, 2));
    const queues = mapOf([busy, quiet]);
    expect(seqs(takeFairly(queues, 10))).toContain(900);
  });

  test('two numbers of one organization share its part', async () => {
    const [a, b, other] = [await ready(1, 1), await ready(2, 1), await ready(3, 2)];
    for (let n = 0; n < 50; n += 1) {
      arrive(a, row(n * 10 + 1, 1));
      arrive(b, row(n * 10 + 2, 2));
      arrive(other, row(n * 10 + 3, 3));
    }
    const batch = seqs(takeFairly(mapOf([a, b, other]), 20)).map((seq) => seq % 10);
    expect([1, 2, 3].map((end) => batch.filter((one) => one === end).length)).toEqual([5, 5, 10]);
  });

  test('a broadcast begins when nobody who wrote waits, and a few at a time', async () => {
    const [written, broadcasts] = [await ready(1, 1), await ready(1, 1, true)];
    for (let seq = 1; seq <= 100; seq += 1) arrive(broadcasts, row(seq));
    arrive(written, row(500));
    const queues = mapOf([broadcasts, written]);
    expect(seqs(takeFairly(queues, 100))).toEqual([500]);
    expect(takeFairly(queues, 100)).toHaveLength(20);
  });
});

describe('more than fits', () => {
  test('waits in the inbox, in order, and nothing comes twice or never', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('arrive', 'take', 'read', 'read while one arrives'), { maxLength: 200 }),
        async (acts) => {
          const inbox: ArrivedRow[] = [];
          const queue = createQueue(1, 1, false);
          const done: number[] = [];
          let next = 1;
          const store = () => {
            for (let n = 0; n < 300; n += 1) inbox.push(row(next++));
            return inbox.slice(-300);
          };
          const take = () => {
            for (const seq of seqs(takeFairly(mapOf([queue]), 100))) {
              done.push(seq);
              inbox.splice(
                inbox.findIndex((one) => one.seq === seq),
                1,
              );
              finish(queue, seq);
            }
          };
          const read = (meanwhile: () => void) =>
            readBehind(queue, async (limit) => {
              const seen = inbox.slice(0, limit);
              meanwhile();
              return seen;
            });
          for (const act of acts) {
            if (act === 'take') take();
            else if (act === 'arrive') for (const one of store()) arrive(queue, one);
            else if (hasRoom(queue)) {
              await read(() => {
                if (act === 'read') return;
                for (const one of store()) arrive(queue, one);
                take();
              });
            }
          }
          while (inbox.length > 0) {
            if (hasRoom(queue)) await read(() => undefined);
            take();
          }
          expect(done).toEqual(Array.from({ length: next - 1 }, (_, n) => n + 1));
        },
      ),
      { numRuns: 100 },
    );
  });
});
