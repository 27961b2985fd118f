/** Whose each input is: finds the citizen's record and conversation, and makes the records of newcomers. */
import { type Channel, type ConversationKey, type Person, survivorOf } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { Outcome } from '../turn/outcome.ts';
import type { Item } from './item.ts';
import { keyOf, type Memory } from './memory.ts';

export interface Placed {
  item: Item;
  channel: Channel;
  key: ConversationKey;
}

/** Finds the conversation of each item; what was done before only leaves the inbox. */
export async function placeItems(
  { deps, memory }: { deps: RuntimeDeps; memory: Memory },
  items: readonly Item[],
  outcome: Outcome,
): Promise<Placed[]> {
  const placed: (Omit<Placed, 'key'> & { person?: Person; key?: Placed['key'] })[] = [];
  for (const item of items) {
    if (item.kind === 'inbox' && memory.gone.delete(item.row.seq)) continue;
    const channel = deps.channels.byId(item.kind === 'timer' ? item.key.channelId : item.row.channelId);
    const repeated = item.kind === 'inbox' && memory.wasDone(item.row.id);
    if (channel === undefined || repeated) {
      if (item.kind === 'inbox') outcome.turns.seqs.push(item.row.seq);
    } else if (item.kind === 'inbox' && item.payload.type === 'message_received') {
      placed.push({ item, channel, person: personOf(channel, item.payload) });
    } else if (item.kind === 'timer') {
      placed.push({ item, channel, key: item.key });
    } else {
      const { organizationId, contactId, channelId } = contactKeyOf(item.payload);
      // Its record may have been joined with another since it was written.
      const survivor = await survivorOf(deps.database, { organizationId, contactId });
      placed.push({ item, channel, key: { organizationId, contactId: survivor, channelId } });
    }
  }
  const contactIds = await memory.contactsOf(placed.flatMap(({ person }) => (person === undefined ? [] : [person])));
  return placed.map(({ item, channel, key }) => ({
    item,
    channel,
    key: key ?? { organizationId: channel.organizationId, contactId: contactIds.shift() ?? '', channelId: channel.id },
  }));
}

function contactKeyOf(payload: Extract<Item, { kind: 'inbox' }>['payload']): Placed['key'] {
  if ('contactId' in payload) return payload;
  throw new Error(`${payload.type} names no contact`);
}

function personOf(
  channel: Channel,
  message: { identities: Person['identities']; profileName?: string; timestamp: number },
): Person {
  return {
    organizationId: channel.organizationId,
    channelType: channel.channelType,
    scope: channel.businessId,
    identities: message.identities,
    ...(message.profileName !== undefined && { profileName: message.profileName }),
    seenAt: new Date(message.timestamp),
  };
}

/** The conversations of a batch, each once. */
export function conversationsOf(placed: readonly Placed[]): Placed['key'][] {
  return [...new Map(placed.map(({ key }) => [keyOf(key), key])).values()];
}

/** The inputs of each conversation, in order. */
export function byConversation(placed: readonly Placed[]): Placed[][] {
  return [...Map.groupBy(placed, ({ key }) => keyOf(key)).values()];
}
