/** What each role may do. A route names a permission; where it holds (department, area) is the grant's to say. */
import { type Responsibility, subordinates, type Within } from '@hazir/services';

export const PERMISSIONS = [
  'requests.read',
  'requests.act',
  // Words, addresses and exact places of citizens.
  'details.read',
  'tickets.read',
  'tickets.act',
  // Who is at which desk, and on call when.
  'helpline.manage',
  'contacts.read',
  'documents.read',
  'documents.act',
  'numbers.read',
  'audit.read',
  'team.manage',
  // Numbers and templates.
  'channels.manage',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = {
  /** Works on service requests, on a post or in a department. */
  officer: ['requests.read', 'requests.act', 'details.read'],
  /** Talks with citizens at the helpline: a nurse, a clerk. */
  agent: ['tickets.read', 'tickets.act', 'contacts.read', 'details.read'],
  /** Sees to it that both get done. */
  supervisor: [
    ...['requests.read', 'requests.act', 'tickets.read', 'tickets.act', 'contacts.read', 'details.read'],
    ...['documents.read', 'documents.act', 'helpline.manage', 'numbers.read', 'audit.read'],
  ],
  /** Writes flows and looks at figures; sees no citizen. */
  manager: ['requests.read', 'numbers.read', 'channels.manage'],
  /** Says who may do what, and reads who did it. */
  administrator: ['audit.read', 'team.manage', 'helpline.manage', 'numbers.read', 'channels.manage'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

export type Role = keyof typeof ROLES;

/** A role that an officer has in an organization, and where; null: everywhere. */
export interface Grant {
  role: Role;
  department: string | null;
  area: string | null;
  post: string | null;
}

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

/** What all grants together allow. */
export function permissionsOf(grants: readonly Grant[]): ReadonlySet<Permission> {
  return new Set(grants.flatMap(({ role }) => ROLES[role]));
}

/** Where a permission holds: undefined for the whole organization, empty for nowhere. */
export function whereMay(
  grants: readonly Grant[],
  permission: Permission,
  responsibility: Responsibility | undefined,
): Within[] | undefined {
  const wheres = grants
    .filter(({ role }) => ROLES[role].some((one) => one === permission))
    .map((grant) => whereOf(grant, responsibility));
  return wheres.includes(undefined) ? undefined : wheres.flatMap((where) => where ?? []);
}

/** Of a grant with a post: its department and areas, and those of the posts below it. */
function whereOf({ department, area, post: code }: Grant, responsibility: Responsibility | undefined): Within[] | undefined {
  const post = code === null ? undefined : responsibility?.posts.get(code);
  if (post === undefined || responsibility === undefined)
    return department === null && area === null ? (code === null ? undefined : []) : [{ department, area }];
  if (post.department === responsibility.fallback) return undefined;
  return [post, ...subordinates(responsibility.posts, post.code)].flatMap((one) => {
    const areas: readonly (string | null)[] = one.areas.length === 0 ? [null] : one.areas;
    return areas.map((of) => ({ department: one.department, area: of }));
  });
}
