/** Every route of the officers' API is walked with what belongs to another organization. */
import { expect, test } from 'vitest';
import { TENANCY } from '../api/tenancy-routes.ts';
import { read } from './support/tree.ts';

test('every route has its line in tests/api/tenancy-routes.ts, and every line its route', () => {
  const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
    read('packages/console/src/api/generated/openapi.json'),
  );
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(Object.keys(TENANCY).sort()).toEqual(routes.sort());
});
