/** An SMS in the chat of whoever has the number, among the chat's own bubbles; false when nobody has it. */
import { addItem } from '../citizens/chat.ts';
import { citizenByPhone } from '../citizens/find.ts';
import type { World } from '../world.ts';

export function showSms(world: World, phone: string, text: string): boolean {
  const citizen = citizenByPhone(world, phone);
  const [newest] = [...(citizen?.pairs ?? [])].sort(([, one], [, other]) => other.lastInboundAt - one.lastInboundAt);
  const numberId = newest?.[0];
  if (citizen === undefined || numberId === undefined) return false;
  addItem(world, citizen, {
    wamid: world.ids.wamid(phone, 'out'),
    numberId,
    from: 'business',
    at: world.schedule.now(),
    ticks: 'delivered',
    body: { type: 'text', text: `📟 SMS: ${text}` },
  });
  return true;
}
