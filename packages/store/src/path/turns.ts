/** Commits what the engine decided: log, conversations, events and outbox in one statement. */
import { column, documents, documentsOf, values } from '../columns.ts';
import type { Tx } from '../database.ts';
import { LANES, type Lane } from './lanes.ts';

export interface ConversationWrite {
  organizationId: number;
  contactId: string;
  channelId: number;
  /** The version that was read; 0: there was none. */
  version: number;
  session: string | null;
  lastInboundAt: Date | null;
  wakeAt: Date | null;
}

export interface MessageWrite {
  organizationId: number;
  contactId: string;
  id: string;
  channelId: number;
  outbound: boolean;
  externalId: string | null;
  /** JSON of the content. */
  content: string;
  /** "flow/node" that said it; null for the citizen's own. */
  origin: string | null;
}

export interface EventWrite {
  organizationId: number;
  contactId: string;
  id: string;
  channelId: number;
  type: string;
  data: string;
}

/** 0 attempting: handed to the sender with this commit; 1 due at `dueAt`; 2 in doubt: look at `dueAt` whether a status came. */
export type OutboxState = 0 | 1 | 2;

export interface OutboxWrite {
  organizationId: number;
  contactId: string;
  id: string;
  channelId: number;
  state: OutboxState;
  dueAt: Date;
  /** JSON of the outbound message. Not written here: the log has it under the same id. */
  payload: string;
  lane: Lane;
}

export interface TurnsWrite {
  seqs: number[];
  conversations: ConversationWrite[];
  messages: MessageWrite[];
  events: EventWrite[];
  outbox: OutboxWrite[];
}

/** Nothing written yet. */
export function emptyTurns(): TurnsWrite {
  return { seqs: [], conversations: [], messages: [], events: [], outbox: [] };
}

/** Which parameters hold JSON: sessions, contents, data of events. */
const DOCUMENTS = new Set([6, 15, 22]);
const PARAMETERS = Array.from({ length: 29 }, (_, n) => (DOCUMENTS.has(n + 1) ? documentsOf(`$${n + 1}`) : `$${n + 1}`));
const COMMIT = { name: 'commit_turns', text: `select commit_turns(${PARAMETERS.join(', ')})` };

/**
 * Writes a batch. Throws a Postgres error with code 40001 when a conversation moved or an inbox row was taken, and
 * 23505 when a message was processed before.
 */
export async function commitTurns(tx: Tx, turns: TurnsWrite): Promise<void> {
  const { conversations: c, messages: m, events: e, outbox: o } = turns;
  await tx.query({
    ...COMMIT,
    values: [
      values(turns.seqs),
      ...[
        column(c, 'organizationId'),
        column(c, 'contactId'),
        column(c, 'channelId'),
        column(c, 'version'),
        documents(c, 'session'),
      ],
      ...[column(c, 'lastInboundAt'), column(c, 'wakeAt')],
      ...[column(m, 'organizationId'), column(m, 'contactId'), column(m, 'id'), column(m, 'channelId'), column(m, 'outbound')],
      ...[column(m, 'externalId'), documents(m, 'content'), column(m, 'origin')],
      ...[column(e, 'organizationId'), column(e, 'contactId'), column(e, 'id'), column(e, 'channelId'), column(e, 'type')],
      documents(e, 'data'),
      ...[column(o, 'organizationId'), column(o, 'contactId'), column(o, 'id'), column(o, 'channelId'), column(o, 'state')],
      ...[column(o, 'dueAt'), values(o.map((row) => LANES.indexOf(row.lane)))],
    ],
  });
}

/** True for the two conflicts that a reload and a second try resolve. */
export function isConflict(error: unknown): 'moved' | 'duplicate' | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === '40001' || code === '40P01') return 'moved';
  return code === '23505' ? 'duplicate' : undefined;
}
