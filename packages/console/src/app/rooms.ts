/** The rooms of the console, in the order of their links, and what somebody needs to come in. */
import type { Me } from '../api/client.ts';

type Permission = Me['permissions'][number];

interface Room {
  to: string;
  /** Id of its name. */
  text: string;
  /** Absent: whoever is signed in. */
  permission?: Permission;
}

const ROOMS = [
  { to: '/today', text: 'nav.today' },
  { to: '/requests', text: 'nav.requests', permission: 'requests.read' },
  { to: '/tickets', text: 'nav.tickets', permission: 'tickets.read' },
  { to: '/documents', text: 'nav.documents', permission: 'documents.read' },
  { to: '/contacts', text: 'nav.contacts', permission: 'contacts.read' },
  { to: '/numbers', text: 'nav.numbers', permission: 'numbers.read' },
  { to: '/roster', text: 'nav.roster', permission: 'helpline.manage' },
  { to: '/channels', text: 'nav.channels', permission: 'channels.manage' },
  { to: '/templates', text: 'nav.templates', permission: 'channels.manage' },
  { to: '/team', text: 'nav.team', permission: 'team.manage' },
  { to: '/keys', text: 'nav.keys', permission: 'team.manage' },
  { to: '/audit', text: 'nav.audit', permission: 'audit.read' },
] as const satisfies readonly Room[];

export function roomsOf(permissions: readonly Permission[]) {
  return ROOMS.filter((room) => !('permission' in room) || permissions.includes(room.permission));
}
