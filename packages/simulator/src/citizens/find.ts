/** Finding citizens and what they have with a number. */
import type { CitizenState, Pair, World } from '../world.ts';

/** The pair of a citizen and a number; made on first use. */
export function pairOf(state: CitizenState, numberId: string): Pair {
  const known = state.pairs.get(numberId);
  if (known !== undefined) return known;
  const pair: Pair = {
    lastInboundAt: Number.NEGATIVE_INFINITY,
    busyUntil: 0,
    deliverFloor: 0,
    phoneKnownUntil: 0,
    unread: [],
    unanswered: [],
    stopTyping: undefined,
  };
  state.pairs.set(numberId, pair);
  return pair;
}

/** By the digits of a phone, as dialled or as WhatsApp writes it: Brazil, Mexico and Argentina differ. */
export function citizenByPhone(world: World, digits: string): CitizenState | undefined {
  const exact = world.byPhone.get(digits);
  if (exact !== undefined) return exact;
  for (const variant of variantsOf(digits)) {
    const found = world.byPhone.get(variant);
    if (found !== undefined) return found;
  }
  return undefined;
}

function variantsOf(digits: string): string[] {
  if (/^55\d{11}$/.test(digits)) return [digits.slice(0, 4) + digits.slice(5)];
  if (/^55\d{10}$/.test(digits)) return [`${digits.slice(0, 4)}9${digits.slice(4)}`];
  if (/^521\d{10}$/.test(digits)) return [`52${digits.slice(3)}`];
  if (/^52\d{10}$/.test(digits)) return [`521${digits.slice(2)}`];
  if (/^549\d{10}$/.test(digits)) return [`54${digits.slice(3)}`];
  if (/^54\d{10}$/.test(digits)) return [`549${digits.slice(2)}`];
  return [];
}
