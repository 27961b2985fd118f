import { fileURLToPath } from 'node:url';
import { flowJsonSchemas } from '@hazir/flow';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../docs/schemas/', import.meta.url));

// `npm run golden` writes them anew; the diff is read before it is committed.
test.each(Object.entries(flowJsonSchemas()))(
  'the published schema of %s is the one that packs are checked with',
  async (kind, schema) => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(`${folder}${kind}.json`);
  },
);
