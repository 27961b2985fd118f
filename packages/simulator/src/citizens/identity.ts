/** What the platform tells a business of a citizen: phone, user id, or both. */
import type { JsonObject } from '@hazir/core';
import { compact } from '../json.ts';
import type { CitizenState, Pair } from '../world.ts';

export interface KnownIdentity {
  phone: string | undefined;
  userId: string | undefined;
}

/** A username hides the phone, except for a business that wrote to the phone itself within 30 days. */
export function identityOf(state: CitizenState, pair: Pair | undefined, now: number): KnownIdentity {
  const { citizen } = state;
  const hidden = citizen.identityMode === 'user_id_only' && (pair?.phoneKnownUntil ?? 0) <= now;
  return {
    phone: hidden ? undefined : citizen.phone,
    userId: citizen.identityMode === 'phone' ? undefined : citizen.userId,
  };
}

/** Whom a message id names: the phone, which it contains in the clear, only where the business may know it. */
export function partyOf(state: CitizenState): string {
  const { phone, userId, identityMode } = state.citizen;
  return identityMode === 'user_id_only' ? userId : phone;
}

/** An element of the webhook's `contacts`. */
export function contactOf(state: CitizenState, known: KnownIdentity): JsonObject {
  const { name, username } = state.citizen;
  return compact({
    profile: compact({ name, username: username === undefined ? undefined : `@${username}` }),
    wa_id: known.phone,
    user_id: known.userId,
  });
}
