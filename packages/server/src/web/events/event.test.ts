import { expect, test } from 'vitest';
import { type HubEvent, readEvent, together } from './event.ts';

const ticket = (id: string, urgent = false): HubEvent => ({ kind: 'ticket', organizationId: 1, id, urgent, officers: [] });
const talk = (organizationId: number, ...contactIds: string[]): HubEvent => ({ kind: 'talk', organizationId, contactIds });
const request = (...ids: string[]): HubEvent => ({ kind: 'request', organizationId: 1, ids });

test.each<[string, HubEvent[], HubEvent[]]>([
  ['of one ticket the latest is told', [ticket('a'), ticket('b'), ticket('a', true)], [ticket('a', true), ticket('b')]],
  [
    'talks of one organization are told in one, those of others apart',
    [talk(1, 'a'), talk(2, 'b'), talk(1, 'a', 'c')],
    [talk(1, 'a', 'c'), talk(2, 'b')],
  ],
  ['requests are told in one', [request('a'), request('b', 'a')], [request('a', 'b')]],
  [
    'of many requests it is told only that there are many',
    [request('a'), { kind: 'request', organizationId: 1, ids: null }],
    [{ kind: 'request', organizationId: 1, ids: null }],
  ],
  ['once is enough to look anew', [{ kind: 'reload' }, { kind: 'reload' }], [{ kind: 'reload' }]],
])('%s', (_, events, expected) => {
  expect(together(events)).toEqual(expected);
});

test('what is no event is passed over', () => {
  for (const payload of ['', '{', '[]', '{"kind":"other"}', '{"kind":"ticket","organizationId":"1","id":"a"}'])
    expect(readEvent(payload)).toBeUndefined();
  expect(readEvent(JSON.stringify(ticket('a')))).toEqual(ticket('a'));
});
