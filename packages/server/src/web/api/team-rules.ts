/** What an administrator may not do to the team. */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import { closeWays, findOfficer } from '../../auth/officers.ts';
import { type Grant, permissionsOf } from '../../auth/policies.ts';
import { listTeam, type Member, workplacesOf } from '../../auth/team.ts';
import type { ApiDeps, Caller } from './admit.ts';
import { refuse } from './problems.ts';
import { vocabularyOf } from './vocabulary.ts';

/** An officer of the caller's team; one of another organization is as little there as nobody. */
export async function memberOf(tx: Tx, { organizationId }: Caller, id: string): Promise<Member> {
  const [member] = await listTeam(tx, { organizationId, id });
  return member ?? refuse('team:not-found', 'There is no such officer in the team.');
}

/** Nobody locks themselves out, and so there is always an administrator. `grant` is what would be taken; absent: everything. */
export function keepOwn({ id, roles }: Member, { officer }: Caller, grant?: string): void {
  if (id !== officer?.id) return;
  const left = grant === undefined ? [] : roles.filter((role) => role.id !== grant);
  if (!permissionsOf(left).has('team.manage'))
    refuse('team:own-last', 'This is your own last role as an administrator: another administrator can take it.');
}

/**
 * An account that is there already. Only one that works for nobody is taken over, and with nothing by which anybody came in before: whoever
 * has made it may have kept its password. An account of another organization is for the operator of the server to share.
 */
export async function takeOver(tx: Tx, { organizationId }: Caller, email: string): Promise<string> {
  const { id, disabledAt } = await findOfficer(tx, email);
  const workplaces = await workplacesOf(tx, id);
  if (workplaces.includes(organizationId)) return refuse('team:there', 'The officer is in the team already.');
  if (workplaces.length > 0) return refuse('team:elsewhere', 'The officer works for another organization.');
  if (disabledAt !== null) return refuse('team:closed', 'The account is closed.');
  await closeWays(tx, id);
  return id;
}

/** Department, area and post must be of the organization: a misspelt one would hold nowhere. */
export function checkPlace({ desks }: ApiDeps, { organizationId, language }: Caller, grant: Grant): void {
  const desk = desks().get(organizationId);
  const words = desk && vocabularyOf({ desk, language });
  const known = (all: readonly string[] | undefined, code: string | null) => code === null || all?.includes(code) === true;
  const codes = (all: readonly { code: string }[] | undefined) => all?.map(({ code }) => code);
  const { department, area, post } = grant;
  if (known(codes(words?.departments), department) && known(words?.areas, area) && known(codes(words?.posts), post)) return;
  refuse('team:unknown-place', 'The organization has no such department, area or post.');
}

export function placeOf({ role, department, area, post }: Grant): JsonObject {
  const where = Object.entries({ department, area, post }).filter(([, code]) => code !== null);
  return { role, ...Object.fromEntries(where) };
}
