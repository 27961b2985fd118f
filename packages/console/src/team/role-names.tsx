import { useIntl } from 'react-intl';
import type { Member } from '../api/client.ts';

/** Roles in a line, each once. */
export function RoleNames({ roles }: Pick<Member, 'roles'>) {
  const intl = useIntl();
  return [...new Set(roles.map(({ role }) => intl.formatMessage({ id: `role.${role}` })))].join(', ');
}
