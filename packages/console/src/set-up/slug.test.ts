import { expect, test } from 'vitest';
import { slugOf } from './slug.ts';

test.each([
  ['Brihanmumbai Municipal Corporation', 'brihanmumbai-municipal-corporation'],
  ['  Zürich (Stadt) ', 'zurich-stadt'],
  ['मुंबई', ''],
  ['a'.repeat(60), 'a'.repeat(40)],
])('%s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
