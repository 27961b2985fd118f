/** Officers of tests: all have the same password. */
import type { Database } from '@hazir/store';
import { addOfficer, grantRole } from '../../packages/server/src/auth/officers.ts';
import type { Grant } from '../../packages/server/src/auth/policies.ts';

export const PASSWORD = 'a long password of tests';

export type TestGrant = Partial<Grant> & Pick<Grant, 'role'> & { organizationId: number };

/** Adds somebody who may sign in and do this. */
export async function addTestOfficer(database: Database, email: string, grants: readonly TestGrant[]): Promise<void> {
  const { id: officerId } = await addOfficer(database, { email, name: `${email} (test)`, language: 'en', password: PASSWORD });
  for (const grant of grants) {
    const where = { department: null, area: null, post: null, ...grant };
    await grantRole(database, { ...where, officerId, now: new Date() });
  }
}
