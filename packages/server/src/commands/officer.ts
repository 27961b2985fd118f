import { randomBytes } from 'node:crypto';
import { HazirError } from '@hazir/core';
import { type Database, listOrganizations } from '@hazir/store';
import type { Command } from 'commander';
import {
  addOfficer,
  findOfficer,
  grantRole,
  listOfficers,
  readGrants,
  resetPassword,
  revokeRole,
  setDisabled,
} from '../auth/officers.ts';
import { LEAST_PASSWORD } from '../auth/open-auth.ts';
import { isRole, ROLES, type Role } from '../auth/policies.ts';
import { organizationId } from './organization-id.ts';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

const PASSWORD = 'HAZIR_OFFICER_PASSWORD';
const PASSWORD_HELP = `\nThe password is made and shown once; set ${PASSWORD} to choose it (at least ${LEAST_PASSWORD} characters).`;
const ROLE_HELP = `\nRoles: ${Object.entries(ROLES)
  .map(([role, permissions]) => `${role} (${permissions.join(', ')})`)
  .join('; ')}`;

interface Where {
  role: string;
  organization: string;
  department?: string;
  area?: string;
  post?: string;
}

export function addOfficerCommand(program: Command): void {
  const officer = program.command('officer').description('who may sign in to the console, and what they may do there');
  officer
    .command('add <email>')
    .description('add an officer with a password; what they may do comes with "grant"')
    .requiredOption('--name <name>', 'as colleagues know them')
    .option('--language <tag>', 'of the console', 'en')
    .addHelpText('after', PASSWORD_HELP)
    .action(add);
  officer.command('list').description('show all officers with their roles').option('--json', 'print as JSON').action(list);
  addRoleCommands(officer);
  officer
    .command('disable <email>')
    .description('close an account; its sessions end at once')
    .action(async (email: string) => close(email, new Date()));
  officer
    .command('enable <email>')
    .description('open a closed account again')
    .action(async (email: string) => close(email, null));
  officer
    .command('reset-password <email>')
    .description('a new password; second factors and sessions end')
    .addHelpText('after', PASSWORD_HELP)
    .action(reset);
}

function addRoleCommands(officer: Command): void {
  officer
    .command('grant <email>')
    .description('give a role in an organization, from the next call on')
    .requiredOption('--organization <slug>', 'short name of the organization')
    .requiredOption('--role <role>', 'see below')
    .option('--department <code>', 'only there')
    .option('--area <code>', 'only there')
    .option('--post <code>', "the post of the pack's posts.csv on which the officer acts")
    .addHelpText('after', ROLE_HELP)
    .action(grant);
  officer
    .command('revoke <email>')
    .description('take a role back, from the next call on')
    .requiredOption('--organization <slug>', 'short name of the organization')
    .requiredOption('--role <role>', 'one that the officer has')
    .action(async (email: string, { role, organization }: Where) => {
      const taken = await withOfficer(email, async (database, { id }) =>
        revokeRole(database, { organizationId: await organizationId(database, organization), officerId: id, role }),
      );
      print(taken === 0 ? `${email} has no such role there.` : `${email} is no ${role} of ${organization} any more.`);
    });
}

async function add(email: string, { name, language }: { name: string; language: string }): Promise<void> {
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 200)
    throw new HazirError('usage:officer', `"${email}" is no e-mail address.`);
  const { password, made } = newPassword();
  await withDatabase((database) => database.transaction((tx) => addOfficer(tx, { email, name, language, password })));
  print(`${email} may sign in.${shown(password, made)}`);
  print(`Give a role next: hazir officer grant ${email} --organization SLUG --role ROLE`);
}

async function grant(email: string, { role, organization, department, area, post }: Where): Promise<void> {
  const checked = readRole(role);
  const where = { department: department ?? null, area: area ?? null, post: post ?? null };
  await withOfficer(email, async (database, { id }) =>
    grantRole(database, {
      ...{ ...where, role: checked, officerId: id, now: new Date() },
      organizationId: await organizationId(database, organization),
    }),
  );
  print(`${email} is ${role} of ${organization}.`);
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const { officers, grants, slugs } = await withDatabase(async (database) => ({
    officers: await listOfficers(database),
    grants: await readGrants(database),
    slugs: new Map((await listOrganizations(database)).map(({ id, slug }) => [id, slug])),
  }));
  const rows = officers.map((officer) => ({
    ...officer,
    roles: grants
      .filter(({ officerId }) => officerId === officer.id)
      .map(({ organizationId: of, role, department, area, post }) =>
        [`${slugs.get(of)}: ${role}`, department, area, post].filter((part) => part !== null).join(' '),
      ),
  }));
  if (json) return printJson(rows);
  if (rows.length === 0) return print('No officer yet. Add one: hazir officer add EMAIL --name NAME');
  printTable([
    ['e-mail', 'name', 'second factor', 'state', 'roles'],
    ...rows.map(({ email, name, twoFactor, disabledAt, roles }) => [
      ...[email, name, twoFactor ? 'yes' : 'no', disabledAt === null ? 'open' : 'closed', roles.join('; ')],
    ]),
  ]);
}

async function close(email: string, at: Date | null): Promise<void> {
  await withOfficer(email, (database, { id }) => database.transaction((tx) => setDisabled(tx, id, at)));
  print(at === null ? `${email} may sign in again.` : `${email} is signed out and may not sign in.`);
}

async function reset(email: string): Promise<void> {
  const { password, made } = newPassword();
  await withOfficer(email, (database, { id }) => database.transaction((tx) => resetPassword(tx, id, password)));
  print(`${email} has a new password.${shown(password, made)}`);
}

function withOfficer<Result>(
  email: string,
  work: (database: Database, officer: { id: string }) => Promise<Result>,
): Promise<Result> {
  return withDatabase(async (database) => work(database, await findOfficer(database, email)));
}

function newPassword(): { password: string; made: boolean } {
  const chosen = process.env[PASSWORD];
  if (chosen === undefined) return { password: randomBytes(15).toString('base64url'), made: true };
  if (chosen.length < LEAST_PASSWORD)
    throw new HazirError('usage:officer', `A password has at least ${LEAST_PASSWORD} characters.`, {
      hint: `Change ${PASSWORD}.`,
    });
  return { password: chosen, made: false };
}

function shown(password: string, made: boolean): string {
  return made ? ` The password is shown this once: ${password}` : '';
}

function readRole(text: string): Role {
  if (isRole(text)) return text;
  throw new HazirError('usage:officer', `There is no role "${text}".`, { hint: `Roles are ${Object.keys(ROLES).join(', ')}.` });
}
