/** Facts about our own messages: answers of sends and statuses, merged per message and written together. */
import type { MessageStatus } from '@hazir/core';
import { column, documents, documentsOf, values } from '../columns.ts';
import type { Tx } from '../database.ts';

export interface MessageFact {
  organizationId: number;
  contactId: string;
  id: string;
  externalId: string | null;
  at: Partial<Record<MessageStatus, Date>>;
  /** JSON of the provider's error. */
  error: string | null;
  pricing: string | null;
}

/** Joins facts about one message, the earliest time of each kind; the order in which they came plays no part. */
export function mergeFacts(facts: readonly MessageFact[]): MessageFact[] {
  const merged = new Map<string, MessageFact>();
  for (const fact of facts) {
    const known = merged.get(fact.id);
    merged.set(fact.id, known === undefined ? fact : join(known, fact));
  }
  return [...merged.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Writes merged facts and returns the ids that the log does not have. */
export async function recordFacts(tx: Tx, facts: readonly MessageFact[]): Promise<string[]> {
  if (facts.length === 0) return [];
  const times = (status: MessageStatus) => values(facts.map((fact) => fact.at[status] ?? null));
  const { rows } = await tx.query<{ record_facts: string }>({
    name: 'record_facts',
    text: `select record_facts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ${documentsOf('$11')}, ${documentsOf('$12')})`,
    values: [
      ...[column(facts, 'organizationId'), column(facts, 'contactId'), column(facts, 'id'), column(facts, 'externalId')],
      ...[times('accepted'), times('sent'), times('delivered'), times('read'), times('played'), times('failed')],
      ...[documents(facts, 'error'), documents(facts, 'pricing')],
    ],
  });
  return rows.map((row) => row.record_facts);
}

/** The status shown, derived from the facts: a later kind wins, delivery beats a failure that was reported too. */
export function statusOf(at: Partial<Record<MessageStatus, unknown>>): MessageStatus | 'pending' {
  const ranked: MessageStatus[] = ['played', 'read', 'delivered', 'failed', 'sent', 'accepted'];
  return ranked.find((status) => at[status] !== undefined && at[status] !== null) ?? 'pending';
}

function join(a: MessageFact, b: MessageFact): MessageFact {
  const at = { ...a.at };
  for (const status of ['accepted', 'sent', 'delivered', 'read', 'played', 'failed'] satisfies MessageStatus[]) {
    const later = b.at[status];
    const earlier = at[status];
    if (later !== undefined && (earlier === undefined || later < earlier)) at[status] = later;
  }
  return { ...a, at, externalId: a.externalId ?? b.externalId, error: a.error ?? b.error, pricing: b.pricing ?? a.pricing };
}
