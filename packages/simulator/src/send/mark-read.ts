/** Marking a citizen's message as read, with or without the typing dots. */
import type { JsonObject } from '@hazir/core';
import { changeItem, startTyping } from '../citizens/chat.ts';
import { pairOf } from '../citizens/find.ts';
import { refuse } from '../graph/refusal.ts';
import { childAt, optionalObject, requiredText } from './node.ts';
import type { Scene } from './reading.ts';

/** Marks the message and all before it; throws a GraphRefusal. */
export function markRead(body: JsonObject, scene: Scene): JsonObject {
  const { world, number } = scene;
  const node = { at: '', value: body };
  const numberId = number.options.numberId;
  const wamid = requiredText(node, 'message_id', 512);
  const typing = optionalObject(node, 'typing_indicator');
  if (typing !== undefined && requiredText(typing, 'type', 20) !== 'text')
    return refuse(100, `Param ${childAt(typing, 'type')} must be text.`);
  const message = world.messages.get(wamid);
  const citizen = world.citizens.get(message?.citizenId ?? '');
  if (message === undefined || citizen === undefined || message.direction !== 'in' || message.numberId !== numberId) {
    return refuse(131009, 'message_id is not the id of a received message.');
  }
  const pair = pairOf(citizen, numberId);
  const read = pair.unanswered.filter((one) => one.at <= message.at);
  pair.unanswered = pair.unanswered.filter((one) => one.at > message.at);
  for (const one of read)
    if (one.item !== undefined && one.item.ticks !== 'read') changeItem(world, citizen, one.item, { ticks: 'read' });
  if (typing !== undefined) startTyping(world, citizen, { numberId, pair });
  return { success: true };
}
