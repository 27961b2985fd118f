/** A message that breaks its turn: tried again, then parked with its reason. */
import { setTimeout as delay } from 'node:timers/promises';
import { countAttempt, dropFromInbox, parkMessage, postponeTimer } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { Item } from './item.ts';

const BETWEEN_ATTEMPTS_MS = 50;
/** A timer has no citizen who waits for an answer at once. */
const TIMER_AGAIN_MS = 300_000;

/** Counts a failure; true when the attempts are used up and the message was parked. */
export async function parkAfterAttempts(deps: RuntimeDeps, item: Item, error: unknown): Promise<boolean> {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (item.kind === 'timer') {
    deps.log('error', 'timer_failed', { channel: item.key.channelId, detail });
    await postponeTimer(deps.database, item.key, new Date(deps.now() + TIMER_AGAIN_MS));
    return true;
  }
  const attempts = await countAttempt(deps.database, item.row.seq);
  deps.log('error', 'turn_failed', { trace: item.row.id, attempts, detail });
  if (attempts < deps.settings.turnAttempts) {
    await delay(BETWEEN_ATTEMPTS_MS);
    return false;
  }
  const { organizationId, id, channelId, payload } = item.row;
  await deps.database.transaction(async (tx) => {
    await parkMessage(tx, {
      organizationId,
      id,
      channelId,
      contactId: null,
      direction: 'inbound',
      reason: 'turn:failed',
      detail,
      payload,
    });
    await dropFromInbox(tx, [item.row.seq]);
  });
  const channel = deps.channels.byId(channelId);
  if (channel !== undefined) deps.meter?.parked(channel, 'inbound');
  return true;
}
