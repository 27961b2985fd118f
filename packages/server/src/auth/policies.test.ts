/** Who may do what: the whole table, so that a change of it is a change of this file. */

import type { Post } from '@hazir/services';
import { expect, test } from 'vitest';
import { type Grant, PERMISSIONS, type Permission, permissionsOf, ROLES, type Role, whereMay } from './policies.ts';

const MATRIX: Readonly<Record<Permission, readonly Role[]>> = {
  'requests.read': ['officer', 'supervisor', 'manager'],
  'requests.act': ['officer', 'supervisor'],
  'details.read': ['officer', 'agent', 'supervisor'],
  'tickets.read': ['agent', 'supervisor'],
  'tickets.act': ['agent', 'supervisor'],
  'helpline.manage': ['supervisor', 'administrator'],
  'documents.read': ['supervisor'],
  'documents.act': ['supervisor'],
  'contacts.read': ['agent', 'supervisor'],
  'numbers.read': ['supervisor', 'manager', 'administrator'],
  'audit.read': ['supervisor', 'administrator'],
  'team.manage': ['administrator'],
  'channels.manage': ['manager', 'administrator'],
};
const roles: readonly Role[] = ['officer', 'agent', 'supervisor', 'manager', 'administrator'];

test.each(roles.flatMap((role) => PERMISSIONS.map((permission) => [role, permission] as const)))('%s: %s', (role, permission) => {
  expect(permissionsOf([grant(role)]).has(permission)).toBe(MATRIX[permission].includes(role));
  expect(whereMay([grant(role)], permission, undefined)).toEqual(MATRIX[permission].includes(role) ? undefined : []);
});

test('the table has every role', () => {
  expect(Object.keys(ROLES).sort()).toEqual([...roles].sort());
});

test('nobody without a grant may do anything', () => {
  expect(permissionsOf([]).size).toBe(0);
  expect(whereMay([], 'requests.read', undefined)).toEqual([]);
});

test('a grant holds in its department and area, several together, one for all everywhere', () => {
  const roads = grant('officer', { department: 'roads', area: 'G/N' });
  const water = grant('officer', { department: 'water' });
  expect(whereMay([roads], 'requests.read', undefined)).toEqual([{ department: 'roads', area: 'G/N' }]);
  expect(whereMay([roads, water], 'requests.read', undefined)).toEqual([
    { department: 'roads', area: 'G/N' },
    { department: 'water', area: null },
  ]);
  expect(whereMay([roads, grant('supervisor')], 'requests.read', undefined)).toBeUndefined();
  // What is limited is the role that gives the permission, not another one of the same officer.
  expect(whereMay([roads, grant('administrator')], 'requests.read', undefined)).toHaveLength(1);
});

test('a post sees its own and what the posts below it see; the fall-back queue sees all; a post that is gone sees nothing', () => {
  const posts = [
    post('chief', 'head', [], undefined),
    post('ward-gn', 'wards', ['G/N'], 'chief'),
    post('roads-gn', 'roads', ['G/N'], 'ward-gn'),
    post('roads-gs', 'roads', ['G/S'], 'chief'),
    post('desk', 'queue', [], undefined),
  ];
  const responsibility = { departments: new Map(), fallback: 'queue', posts: new Map(posts.map((one) => [one.code, one])) };
  const seenBy = (code: string) => whereMay([grant('officer', { post: code })], 'requests.read', responsibility);
  expect(seenBy('roads-gn')).toEqual([{ department: 'roads', area: 'G/N' }]);
  expect(seenBy('ward-gn')).toEqual([
    { department: 'wards', area: 'G/N' },
    { department: 'roads', area: 'G/N' },
  ]);
  expect(seenBy('chief')).toHaveLength(4);
  expect(seenBy('desk')).toBeUndefined();
  expect(seenBy('gone')).toEqual([]);
});

function grant(role: Role, where: Partial<Grant> = {}): Grant {
  return { role, department: null, area: null, post: null, ...where };
}

function post(code: string, department: string, areas: readonly string[], reportsTo: string | undefined): Post {
  return { code, name: new Map(), department, areas, categories: [], reportsTo, phone: undefined };
}
