import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDescription } from './read-description.ts';

const description: unknown = JSON.parse(readFileSync(new URL('../api/generated/openapi.json', import.meta.url), 'utf8'));

test('shows every operation of the API with an address of its own', () => {
  const operations = readDescription(description);
  expect(operations.length).toBeGreaterThan(50);
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  expect(operations.filter(({ summary }) => summary === '')).toEqual([]);
});

test('writes schemas down as one would, with what they refer to', () => {
  const team = readDescription(description).find(({ method, path }) => method === 'POST' && path === '/team/{officer}/roles');
  expect(team?.parameters).toEqual([{ name: 'officer', where: 'path', required: true, type: 'string (uuid)', description: '' }]);
  expect(team?.body).toContain('  role: "officer" | "agent" | "supervisor" | "manager" | "administrator"\n');
  expect(team?.body).toContain('  post?: string | null\n');
  expect(team?.answers.find(({ status }) => status === '200')?.shape).toContain('link: string | null');
});

test('stands whatever it is given', () => {
  for (const wrong of [undefined, null, 5, [], { paths: [] }, { paths: { '/a': { get: null } } }])
    expect(() => readDescription(wrong)).not.toThrow();
});
