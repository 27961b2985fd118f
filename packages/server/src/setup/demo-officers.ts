/** The demo's officers, as its pack names them (demo/officers.yaml), so that a newcomer can sign in to the console. */
import { createHash } from 'node:crypto';
import { HazirError } from '@hazir/core';
import { type Database, ensureOrganization, saveAgent } from '@hazir/store';
import { parse } from 'yaml';
import { z } from 'zod';
import { addOfficer, findOfficer, grantRole, listOfficers } from '../auth/officers.ts';
import { isRole } from '../auth/policies.ts';
import type { Demo } from './demo.ts';

const FILE = 'demo/officers.yaml';
const place = z.string().max(100).nullable().default(null);
const schema = z.array(
  z.strictObject({
    email: z.email().endsWith('@demo.invalid', { error: 'must end with @demo.invalid: nobody has such an address' }),
    name: z.string().min(1).max(100),
    role: z.string().refine(isRole, { error: 'is no role' }),
    language: z.string().max(20).default('en'),
    ...{ department: place, area: place, post: place },
    /** What they answer in the helpline; left out, they answer every desk in any language. */
    helpline: z
      .strictObject({
        desks: z.array(z.string().max(40)).max(30).default([]),
        languages: z.array(z.string().max(20)).max(30).default([]),
        capacity: z.number().int().min(1).max(50).default(4),
        phone: z
          .string()
          .regex(/^[0-9]{8,15}$/, { error: 'must be of digits, with the country' })
          .nullable()
          .default(null),
      })
      .optional(),
  }),
);

export interface DemoOfficers {
  emails: readonly string[];
  /** The same for all, and of this installation alone. */
  password: string;
}

/** Adds those who are missing; running it again changes nothing. */
export async function furnishOfficers(database: Database, demos: readonly Demo[], secret: string): Promise<DemoOfficers> {
  const password = `demo-${createHash('sha256').update(`officers ${secret}`).digest('base64url').slice(0, 10)}`;
  const emails: string[] = [];
  for (const { organization, pack } of demos) {
    const { id: organizationId } = await ensureOrganization(database, organization.slug, organization.name);
    for (const { email, name, language, role, helpline, ...where } of readOfficers(pack.files.get(FILE))) {
      if (!isRole(role)) continue;
      await database.transaction(async (tx) => {
        const known = (await listOfficers(tx)).some((one) => one.email === email);
        const officer = known ? await findOfficer(tx, email) : await addOfficer(tx, { email, name, language, password });
        await grantRole(tx, { ...where, role, organizationId, officerId: officer.id, now: new Date() });
        // What somebody has set in the console since stays.
        if (helpline !== undefined && !known) await saveAgent(tx, { ...helpline, organizationId, officerId: officer.id });
      });
      emails.push(email);
    }
  }
  return { emails: [...new Set(emails)], password };
}

function readOfficers(text: string | undefined): z.infer<typeof schema> {
  if (text === undefined) return [];
  const read = schema.safeParse(parse(text));
  if (read.success) return read.data;
  const found = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new HazirError('pack:demo-officers', `${FILE} is wrong: ${found}.`, { hint: 'The pack mumbai has one that is right.' });
}
