/**
 * The team, kept by its administrators: who is in it, with which roles. Whoever works for another organization, too, keeps that: here
 * only the roles of this organization change, and nobody gets a new password from an organization that is not their only one.
 */
import { createRoute, z } from '@hono/zod-openapi';
import { dropLinks, makeLink } from '../../auth/links.ts';
import { grantRole, openAccount } from '../../auth/officers.ts';
import { listTeam, revokeGrant, setSuspended } from '../../auth/team.ts';
import { problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';
import { grantSchema, memberCard, memberSchema, roleWords, teamWordsSchema } from './team-cards.ts';
import { type Adding, addChange, memberParams } from './team-change.ts';
import { checkPlace, keepOwn, memberOf, placeOf, takeOver } from './team-rules.ts';
import { vocabularyOf } from './vocabulary.ts';

const listed = z.object({ officers: z.array(memberSchema) }).openapi('Team');
const person = grantSchema.extend({
  email: z.email().max(200).toLowerCase(),
  name: text(100).trim().min(1),
  language: z.enum(['en', 'hi']).default('en'),
});

const NOTHING = z.strictObject({});

export function addTeam(...adding: Adding): void {
  addLooking(...adding);
  addChange(adding, {
    ...{ method: 'post', path: '/team', summary: 'Adds an officer with a role', body: person },
    perform: async (tx, caller, { body: { email, name, language, ...grant }, deps, now, record }) => {
      checkPlace(deps, caller, grant);
      const { organizationId } = caller;
      const id = (await openAccount(tx, { email, name, language }))?.id ?? (await takeOver(tx, caller, email));
      await grantRole(tx, { ...grant, organizationId, officerId: id, now });
      await record('team.added', placeOf(grant), id);
      return { id, link: await makeLink(tx, id, now) };
    },
  });
  addChange(adding, {
    ...{ method: 'post', path: '/team/{officer}/roles', summary: 'Gives an officer of the team a role', body: grantSchema },
    perform: async (tx, caller, { id, body, deps, now, record }) => {
      checkPlace(deps, caller, body);
      const member = await memberOf(tx, caller, id);
      if (member.suspendedAt !== null) return refuse('team:suspended', 'Let the officer work again first.');
      await grantRole(tx, { ...body, organizationId: caller.organizationId, officerId: id, now });
      await record('team.granted', placeOf(body));
      return { id };
    },
  });
  addChange(adding, {
    ...{ method: 'delete', path: '/team/{officer}/roles/{grant}', summary: 'Takes a role back, from the next call on' },
    params: memberParams.extend({ grant: z.uuid() }),
    body: NOTHING,
    perform: async (tx, caller, { id, grant = '', record }) => {
      const { organizationId } = caller;
      const member = await memberOf(tx, caller, id);
      keepOwn(member, caller, grant);
      const taken = await revokeGrant(tx, { organizationId, officerId: id, id: grant });
      if (taken === undefined) return refuse('team:not-found', 'The officer has no such role.');
      await record('team.revoked', placeOf(taken));
      if (member.roles.length === 1 && !member.elsewhere) await dropLinks(tx, id);
      return { id };
    },
  });
  addKeeping(adding);
}

function addKeeping(adding: Adding): void {
  addChange(adding, {
    ...{ method: 'post', path: '/team/{officer}/suspensions', summary: 'Suspends an officer here, or lets them work again' },
    body: z.strictObject({ suspended: z.boolean() }),
    perform: async (tx, caller, { id, body: { suspended }, now, record }) => {
      const member = await memberOf(tx, caller, id);
      if (suspended) keepOwn(member, caller);
      await setSuspended(tx, { organizationId: caller.organizationId, officerId: id, at: suspended ? now : null });
      await record(suspended ? 'team.suspended' : 'team.restored');
      return { id };
    },
  });
  addChange(adding, {
    ...{
      method: 'post',
      path: '/team/{officer}/links',
      summary: 'A link for a new password; the old one holds until it is used',
    },
    body: NOTHING,
    perform: async (tx, caller, { id, now, record }) => {
      const member = await memberOf(tx, caller, id);
      if (member.elsewhere) return refuse('team:elsewhere', 'The officer works for another organization, too.');
      if (member.disabledAt !== null) return refuse('team:closed', 'The account is closed.');
      await record('team.linked');
      return { id, link: await makeLink(tx, id, now) };
    },
  });
}

function addLooking(...[api, deps, admission]: Adding): void {
  const list = createRoute({
    ...{ method: 'get', path: '/team', security: SECURITY, middleware: [admission('team.manage')] as const },
    summary: 'The officers of the organization, by name',
    responses: {
      200: { description: 'All of them', content: { 'application/json': { schema: listed } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(list, async (context) => {
    const caller = context.get('caller');
    const team = await listTeam(deps.database, { organizationId: caller.organizationId });
    return context.json({ officers: team.map((member) => memberCard(member, caller)) }, 200);
  });
  const words = createRoute({
    ...{ method: 'get', path: '/team/vocabulary', security: SECURITY, middleware: [admission('team.manage')] as const },
    summary: 'Roles, and where they can hold',
    responses: {
      200: { description: 'The words', content: { 'application/json': { schema: teamWordsSchema } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(words, (context) => {
    const caller = context.get('caller');
    const desk = deps.desks().get(caller.organizationId);
    const places =
      desk === undefined ? { departments: [], areas: [], posts: [] } : vocabularyOf({ desk, language: caller.language });
    return context.json(teamWordsSchema.parse({ ...places, roles: roleWords() }), 200);
  });
}
