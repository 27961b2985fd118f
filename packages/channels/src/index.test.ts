import { expect, test } from 'vitest';
import { channelAdapters, whatsapp } from './index.ts';

test('every adapter is found by the type that it names', () => {
  expect(channelAdapters.get('whatsapp')).toBe(whatsapp);
  for (const [channelType, adapter] of channelAdapters) expect(adapter.channelType).toBe(channelType);
});

test('every adapter keeps what it cannot read', () => {
  for (const adapter of channelAdapters.values()) {
    expect(adapter.parse({ strange: true })).toMatchObject([{ type: 'unknown_received', raw: { strange: true } }]);
  }
});
