import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatItem } from '../src/protocol.ts';
import { groupByDay } from './chat/days.ts';
import { parsePoint } from './map/places.ts';
import { pdfText } from './sample/pdf.ts';
import { confirmPending, emptyChat, failPending, lastSeq, mergeItems, setTyping, unreadIn } from './state/chat-state.ts';
import { texts } from './texts/index.ts';

const item = (changed: Partial<ChatItem>): ChatItem => ({
  seq: 1,
  wamid: 'a',
  numberId: '1',
  from: 'business',
  at: 1000,
  ticks: 'delivered',
  body: { type: 'text', text: 'Hi' },
  ...changed,
});

describe('news of a chat', () => {
  test('keeps the newest version of a bubble, in the order of time', () => {
    const chat = mergeItems(emptyChat, [
      item({ wamid: 'b', at: 2000, seq: 2 }),
      item({}),
      item({ seq: 5, ticks: 'read' }),
      item({ seq: 3, ticks: 'sent' }),
    ]);
    expect(chat.items.map(({ wamid, ticks }) => `${wamid} ${ticks}`)).toEqual(['a read', 'b delivered']);
    expect(lastSeq(chat)).toBe(5);
  });

  test('gives the same chat in whatever order and however often it arrives', () => {
    const news = [1, 2, 3, 4, 5, 6].map((seq) => item({ seq, wamid: `m${seq % 3}`, at: 1000 * (seq % 3) }));
    const expected = mergeItems(emptyChat, news);
    fc.assert(
      fc.property(fc.shuffledSubarray([...news, ...news], { minLength: 12 }), (shuffled) => {
        expect(shuffled.reduce((chat, one) => mergeItems(chat, [one]), emptyChat).items).toEqual(expected.items);
      }),
    );
  });

  test('ends "typing" when the message comes', () => {
    const typing = setTyping(emptyChat, '1', true);
    expect(typing.typing).toEqual(['1']);
    expect(mergeItems(typing, [item({})]).typing).toEqual([]);
  });

  test('counts as unread what a business wrote and nobody saw', () => {
    const chat = mergeItems(emptyChat, [
      item({}),
      item({ wamid: 'b', ticks: 'read' }),
      item({ wamid: 'c', from: 'citizen' }),
      item({ wamid: 'd', numberId: '2' }),
    ]);
    expect(unreadIn(chat, new Set())).toBe(2);
    expect(unreadIn(chat, new Set(['a']))).toBe(1);
    expect(unreadIn(chat, new Set(), '2')).toBe(1);
  });
});

describe('a message on its way', () => {
  const pending = mergeItems(emptyChat, [item({ wamid: 'local-1', seq: 0, from: 'citizen', ticks: 'pending' })]);

  test('takes the id that the simulator gave it', () => {
    expect(confirmPending(pending, 'local-1', 'x').items.map(({ wamid }) => wamid)).toEqual(['x']);
  });

  test('is not shown twice when the stream was faster', () => {
    const both = mergeItems(pending, [item({ wamid: 'x', seq: 9, from: 'citizen' })]);
    expect(confirmPending(both, 'local-1', 'x').items.map(({ wamid }) => wamid)).toEqual(['x']);
  });

  test('says why it failed', () => {
    expect(failPending(pending, 'local-1', 'refused').items).toMatchObject([{ ticks: 'failed', failure: 'refused' }]);
  });
});

test('a day begins at midnight of the reader', () => {
  const noon = new Date(2026, 0, 5, 12).getTime();
  const days = groupByDay([item({ at: noon }), item({ at: noon + 1 }), item({ at: noon + 24 * 3_600_000 })]);
  expect(days.map((day) => day.items.length)).toEqual([2, 1]);
});

test.each([
  ['19.0186, 72.8442', { latitude: 19.0186, longitude: 72.8442 }],
  ['19.0186 72.8442', { latitude: 19.0186, longitude: 72.8442 }],
  ['-33.9,18.4', { latitude: -33.9, longitude: 18.4 }],
  ['91, 10', undefined],
  ['dadar', undefined],
  ['19.0', undefined],
  ['19.0, ', undefined],
  ['', undefined],
])('the typed point "%s" is understood', (typed, point) => {
  expect(parsePoint(typed)).toEqual(point);
});

test('the sample letter points at its own parts', () => {
  const pdf = pdfText();
  const table = Number(/startxref\n(\d+)/u.exec(pdf)?.[1]);
  expect(pdf.slice(table, table + 4)).toBe('xref');
  for (const [number, offset] of [...pdf.matchAll(/^(\d{10}) 00000 n/gmu)].map((match, index) => [index + 1, Number(match[1])])) {
    expect(pdf.slice(offset, (offset ?? 0) + 7)).toBe(`${number} 0 obj`);
  }
});

test('each language has every text, and none is empty', () => {
  const paths = (value: unknown, path = ''): string[] => {
    if (typeof value === 'string') return value.trim() === '' ? [`${path} is empty`] : [path];
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}.${key}`));
    return [path];
  };
  expect(paths(texts.hi)).toEqual(paths(texts.en));
  expect(paths(texts.mr)).toEqual(paths(texts.en));
});
