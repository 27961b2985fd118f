/** Everything that a batch of turns wants written, gathered while the engine runs and committed in one transaction. */
import { type Conversation, emptyTurns, type OutboxRow, type TurnsWrite, type Tx } from '@hazir/store';

export interface Outcome {
  turns: TurnsWrite;
  /** Rarer writes (language, ticket, job) of the same transaction. */
  extras: ((tx: Tx) => Promise<void>)[];
  /** Handed to the sender once committed. */
  outbox: OutboxRow[];
  /** What conversations will be when committed. */
  conversations: Conversation[];
}

export function emptyOutcome(): Outcome {
  return { turns: emptyTurns(), extras: [], outbox: [], conversations: [] };
}
