import { type Conversation, timedId } from '@hazir/store';
import { describe, expect, test } from 'vitest';
import { createHeld, openSluice, takeHeld } from './hold-back.ts';
import type { Item } from './item.ts';

const NOW = Date.UTC(2026, 10, 22);
const key = { organizationId: 1, contactId: 'c', channelId: 1 };
const callId = timedId(NOW - 1_000, 'call');
const conversation = (session: object | null): Conversation => ({
  ...{
    ...key,
    version: 1,
    lastInboundAt: null,
    wakeAt: null,
    language: null,
    name: null,
    phone: null,
    optedOut: false,
    withPersonSince: null,
  },
  session: session === null ? null : JSON.stringify(session),
});
const calling = conversation({ waiting: { for: 'call', callId } });
const resting = conversation(null);
const row = (seq: number) => ({ seq, id: `m${seq}`, organizationId: 1, channelId: 1, payload: '', attempts: 0 });
const message = (seq: number): Item => ({ kind: 'inbox', row: row(seq), payload: { ...key, type: 'start', flow: 'menu' } });
const answer = (seq: number): Item => ({
  kind: 'inbox',
  row: row(seq),
  payload: { ...key, type: 'answer', callId, result: { ok: true, value: null } },
});
const seqs = (items: Item[]) => items.map((item) => (item.kind === 'inbox' ? item.row.seq : 0));

describe('a citizen writes while an outside call runs', () => {
  test('the second message of a batch waits for the call that the first has begun', () => {
    const held = createHeld();
    const batch = openSluice(held, NOW);
    expect([batch.passes(message(1), resting), batch.passes(message(2), calling)]).toEqual([true, false]);
    expect([batch.close(), seqs(takeHeld(held))]).toEqual([[], [2]]);
  });

  test('the answer sets free what waited, in order, before what came after it', () => {
    const held = createHeld();
    const first = openSluice(held, NOW);
    first.passes(message(1), calling);
    first.close();
    const second = openSluice(held, NOW);
    expect([second.passes(answer(2), calling), second.passes(message(3), resting)]).toEqual([true, false]);
    expect(seqs(second.close())).toEqual([1, 3]);
    expect(held.byConversation.size).toBe(0);
  });

  test('a batch that is not committed holds nothing', () => {
    const held = createHeld();
    openSluice(held, NOW).passes(message(1), calling);
    expect(held.byConversation.size).toBe(0);
  });

  test('what waits for an answer that somebody else has processed goes before the next message', () => {
    const held = { ...createHeld(), byConversation: new Map([['1|c|1', [message(1)]]]) };
    const batch = openSluice(held, NOW);
    expect(batch.passes(message(2), resting)).toBe(false);
    expect(seqs(batch.close())).toEqual([1, 2]);
  });

  test.each([
    ['a flow that lets itself be interrupted', conversation({ waiting: { for: 'call', callId, meanwhile: 'interrupt' } }), NOW],
    ['an answer that is lost silences nobody for ever', calling, NOW + 3_600_000],
    ['a value that looks like a call is none', conversation({ values: { for: 'call' }, waiting: { for: 'input' } }), NOW],
  ])('%s', (_what, where, now) => expect(openSluice(createHeld(), now).passes(message(1), where)).toBe(true));
});
