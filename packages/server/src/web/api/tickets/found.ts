/** A ticket of the caller's organization, and the caller as whoever works it. */
import { readTicket, type Ticket, type Tx } from '@hazir/store';
import type { Audited } from '../../../auth/record-audit.ts';
import type { ApiDeps, Caller } from '../admit.ts';
import { refuse } from '../problems.ts';
import type { Looking } from './cards.ts';

interface Wanted {
  id: string;
  lock?: boolean;
  /** The version that the officer saw. */
  version?: number | undefined;
}

export async function findTicket(
  tx: Tx,
  { organizationId }: Pick<Caller, 'organizationId'>,
  { version: seen, ...which }: Wanted,
): Promise<Ticket> {
  const ticket = await readTicket(tx, { organizationId, ...which });
  if (ticket === undefined) return refuse('tickets:not-found', 'There is no such ticket.');
  if (seen !== undefined && seen !== ticket.version) return refuse('tickets:changed-meanwhile', 'Somebody was faster.');
  return ticket;
}

/** Only people talk with citizens. */
export function officerOf({ officer }: Caller): { id: string; name: string } {
  return officer ?? refuse('api:sign-in', 'Tickets are for officers who are signed in.');
}

export function lookingOf({ now, helplines }: ApiDeps, caller: Caller): Looking {
  const { organizationId, permissions, language } = caller;
  return {
    ...{ details: permissions.has('details.read'), now: new Date(now()), officerId: officerOf(caller).id, language },
    helpline: helplines().get(organizationId),
  };
}

export function auditedOf(
  { organizationId, id: actor, address }: Caller,
  { ticket, action, now }: { ticket: Ticket; action: Audited; now: Date },
) {
  return { organizationId, actor, address, action, subject: ticket.id, contactId: ticket.contactId, now };
}

/** Whose ticket it is, for what is said to them. */
export function hearerOf({ organizationId, contactId, channelId }: Ticket) {
  return { organizationId, contactId, channelId };
}
