/**
 * Facts about our own messages, from responses of sends and from statuses, merged and written together. One lane: two
 * concurrent updates of the same rows would deadlock.
 */
import type { StatusReported } from '@hazir/core';
import { type Channel, isConflict, type MessageFact, mergeFacts, recordFacts, saveStrayStatus, survivorOf } from '@hazir/store';
import { createBatcher } from './batcher.ts';
import type { RuntimeDeps } from './deps.ts';

export interface FactRecorder {
  /** Stores statuses; resolves when they are durable. */
  statuses: (reported: readonly { channel: Channel; status: StatusReported }[]) => Promise<void>;
  record: (fact: MessageFact) => Promise<void>;
  /** Called for each message that the provider is now known to have, or to have refused. */
  onSettled: (listener: (contactId: string, messageId: string) => void) => void;
  /** Called when an accepted message failed later. */
  onFailed: (
    listener: (failure: { channel: Channel; fact: MessageFact; error: NonNullable<StatusReported['error']> }) => Promise<void>,
  ) => void;
  idle: () => Promise<void>;
}

const FACTS_BATCH = 2_000;
/** Nobody waits for a status; the provider waits for its 200, and not long. */
const FACTS_DISTANCE_MS = 30;

export function createFactRecorder(deps: RuntimeDeps): FactRecorder {
  const settled: ((contactId: string, messageId: string) => void)[] = [];
  const failed: Parameters<FactRecorder['onFailed']>[0][] = [];
  const write = async (facts: readonly MessageFact[]): Promise<void> => {
    const missing = await recordFacts(deps.database.path, facts);
    if (missing.length > 0) await findMoved(deps, facts, missing);
    for (const fact of facts) for (const listener of settled) listener(fact.contactId, fact.id);
  };
  /** One fact that the database refuses must not stop the others: halves are tried until it stands alone. */
  const writeApart = async (facts: readonly MessageFact[]): Promise<void> => {
    try {
      await write(facts);
    } catch (error) {
      if (isConflict(error) === 'moved') return writeApart(facts);
      const [only] = facts;
      if (!isRefused(error) || only === undefined) throw error;
      if (facts.length === 1) return deps.log('error', 'fact_refused', { message: only.id, detail: String(error) });
      const half = facts.length >> 1;
      await writeApart(facts.slice(0, half));
      await writeApart(facts.slice(half));
    }
  };
  const batcher = createBatcher<MessageFact, true>(
    async (facts) => {
      await writeApart(mergeFacts(facts));
      return facts.map(() => true as const);
    },
    { most: FACTS_BATCH, distanceMs: FACTS_DISTANCE_MS },
  );
  return {
    statuses: async (reported) => {
      await Promise.all(
        reported.map(async ({ channel, status }) => {
          const fact = factOf(channel, status);
          if (fact === undefined) return keepStray(deps, channel, status);
          await batcher.add(fact);
          deps.meter?.statuses(status.status, 1);
          const error = status.error;
          if (status.status !== 'failed' || error === undefined) return;
          deps.meter?.failed(channel, error.code);
          await Promise.all(failed.map((listener) => listener({ channel, fact, error })));
        }),
      );
    },
    record: async (fact) => void (await batcher.add(fact)),
    onSettled: (listener) => void settled.push(listener),
    onFailed: (listener) => void failed.push(listener),
    idle: () => batcher.idle(),
  };
}

/** The values themselves are not accepted: PostgreSQL's classes 22 (data exception) and 23 (constraint). */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}

/** What we send as tracker, so that a status finds its row by key: contact id and message id. */
export function trackerOf(contactId: string, messageId: string): string {
  return `${contactId}.${messageId}`;
}

const TRACKER = /^([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

function factOf(channel: Channel, status: StatusReported): MessageFact | undefined {
  const [, contactId, id] = TRACKER.exec(status.tracker ?? '') ?? [];
  if (contactId === undefined || id === undefined) return undefined;
  return {
    organizationId: channel.organizationId,
    contactId,
    id,
    externalId: status.externalId,
    at: { [status.status]: new Date(status.timestamp) },
    error: status.error === undefined ? null : JSON.stringify(status.error),
    pricing: status.pricing === undefined ? null : JSON.stringify(status.pricing),
  };
}

/** The contact may have been joined with another since the message went out. */
async function findMoved(deps: RuntimeDeps, facts: readonly MessageFact[], missing: readonly string[]): Promise<void> {
  for (const fact of facts.filter((one) => missing.includes(one.id))) {
    const contactId = await survivorOf(deps.database, fact);
    if (contactId !== fact.contactId) await recordFacts(deps.database.path, [{ ...fact, contactId }]);
    else deps.log('warn', 'status_without_message', { organization: fact.organizationId });
  }
}

function keepStray(deps: RuntimeDeps, channel: Channel, status: StatusReported): Promise<void> {
  const { organizationId, id: channelId } = channel;
  return saveStrayStatus(deps.database, { organizationId, channelId, externalId: status.externalId, body: status.raw });
}
