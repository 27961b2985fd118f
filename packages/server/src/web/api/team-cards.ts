/** An officer of the team, as administrators see them. */
import { z } from '@hono/zod-openapi';
import { PERMISSIONS, ROLES, type Role } from '../../auth/policies.ts';
import type { Member } from '../../auth/team.ts';
import type { Caller } from './admit.ts';
import { text } from './contract.ts';

export const ROLE_NAMES = ['officer', 'agent', 'supervisor', 'manager', 'administrator'] as const satisfies readonly Role[];
const code = text(100).min(1).nullable();

export const grantSchema = z.object({
  role: z.enum(ROLE_NAMES),
  department: code.default(null).openapi({ description: 'Only there; null: everywhere.' }),
  area: code.default(null),
  post: code.default(null).openapi({ description: 'The post on which the officer acts.' }),
});

export const memberSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    language: z.string(),
    state: z.enum(['active', 'invited', 'suspended', 'closed']).openapi({
      description:
        'invited: has not chosen a password yet; suspended: here, by an administrator; closed: everywhere, by the operator.',
    }),
    twoFactor: z.boolean(),
    signedInAt: z.iso.datetime().nullable(),
    elsewhere: z.boolean().openapi({ description: 'Has a role in another organization of this server, too.' }),
    self: z.boolean(),
    roles: z.array(
      z.object({
        ...{ id: z.uuid(), role: z.enum(ROLE_NAMES) },
        ...{ department: z.string().nullable(), area: z.string().nullable(), post: z.string().nullable() },
      }),
    ),
  })
  .openapi('Member');

export const teamWordsSchema = z
  .object({
    roles: z.array(z.object({ role: z.enum(ROLE_NAMES), permissions: z.array(z.enum(PERMISSIONS)) })),
    departments: z.array(z.object({ code: z.string(), name: z.string() })),
    areas: z.array(z.string()),
    posts: z.array(z.object({ code: z.string(), name: z.string(), department: z.string() })),
  })
  .openapi('TeamVocabulary');

export function memberCard(member: Member, { officer }: Caller): z.infer<typeof memberSchema> {
  const { id, name, email, language, twoFactor, entered, signedInAt, disabledAt, suspendedAt, elsewhere, roles } = member;
  return {
    ...{ id, name, email, language, twoFactor, elsewhere, roles },
    state: disabledAt !== null ? 'closed' : suspendedAt !== null ? 'suspended' : entered ? 'active' : 'invited',
    signedInAt: signedInAt?.toISOString() ?? null,
    self: id === officer?.id,
  };
}

export function roleWords(): z.infer<typeof teamWordsSchema>['roles'] {
  return ROLE_NAMES.map((role) => ({ role, permissions: [...ROLES[role]] }));
}
