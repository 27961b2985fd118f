/** What a commit that was refused means, and what is known better before the next try. */
import { alreadyLogged, type ConversationKey, isConflict, stillWaiting } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { Item } from './item.ts';
import type { Memory } from './memory.ts';

/** Somebody else changed what we read: read again and try again. */
export class ConflictError extends Error {}

/** A conflict is answered by forgetting and trying again; duplicates leave the inbox first. */
export async function explain(
  batch: { deps: RuntimeDeps; memory: Memory },
  error: unknown,
  { items, placed }: { items: readonly Item[]; placed: readonly { item: Item; key: ConversationKey }[] },
): Promise<unknown> {
  const conflict = isConflict(error);
  if (conflict === undefined) return error;
  batch.memory.forget(placed.map(({ key }) => key));
  const rows = placed.flatMap(({ item, key }) => (item.kind === 'inbox' ? [{ ...key, id: item.row.id, seq: item.row.seq }] : []));
  if (conflict === 'moved') {
    const seqs = items.flatMap((item) => (item.kind === 'inbox' ? [item.row.seq] : []));
    const waiting = await stillWaiting(batch.deps.database, seqs);
    for (const seq of seqs) if (!waiting.has(seq)) batch.memory.gone.add(seq);
    // Not the inbox but a conversation moved: another process has changed whose it is.
    if (waiting.size === seqs.length) batch.memory.forgetAll();
    return new ConflictError('moved');
  }
  const logged = await alreadyLogged(batch.deps.database, rows);
  if (logged.size === 0) return error;
  for (const id of logged) batch.memory.done(id);
  return new ConflictError('duplicate');
}
