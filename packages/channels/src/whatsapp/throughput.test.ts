import type { Json } from '@hazir/core';
import { expect, test } from 'vitest';
import { throughput } from './throughput.ts';

test.each<[string, Json, number | undefined]>([
  ['an upgrade', { display_phone_number: '15550001111', event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' }, 1000],
  ['a number object, standard', { id: '1', throughput: { level: 'STANDARD' } }, 80],
  ['a number object, high', { id: '1', throughput: { level: 'high' } }, 1000],
  ['not applicable', { throughput: { level: 'NOT_APPLICABLE' } }, undefined],
  ['onboarding does not say', { event: 'ONBOARDING', current_limit: 'TIER_250' }, undefined],
  ['something else', ['THROUGHPUT_UPGRADE'], undefined],
])('%s', (_description, notice, expected) => {
  expect(throughput(notice)).toBe(expected);
});
