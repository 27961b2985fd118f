/** Who may do what: reads are for everybody, everything else takes a key with its scope, and no key is used too often. */
import type { Tx } from '@hazir/store';
import { createCallCounter } from './count-calls.ts';
import { findKey, type Open311Key, type Scope } from './keys.ts';
import type { Arguments } from './protocol/arguments.ts';
import { refuse } from './protocol/refusal.ts';

export interface Admittance {
  /** The key that came with a call; undefined when none did. Refuses a wrong one. */
  keyOf: (tx: Tx, organizationId: number, given: Arguments) => Promise<Open311Key | undefined>;
}

export function createAdmittance(now: () => number): Admittance {
  const calls = createCallCounter(now);
  return {
    keyOf: async (tx, organizationId, given) => {
      const text = given.text('api_key');
      if (text === undefined) return undefined;
      const key = await findKey(tx, text);
      if (key?.organizationId !== organizationId) return refuse('open311:key', 'Invalid api_key.');
      if (!calls.count(key.id, key.perMinute))
        refuse('open311:too-often', `This api_key may be used ${key.perMinute} times a minute.`);
      return key;
    },
  };
}

/** Refuses a call without a key that allows this. */
export function need(key: Open311Key | undefined, scope: Scope): Open311Key {
  if (key === undefined) return refuse('open311:key', 'api_key is missing.');
  return key.scopes.includes(scope) ? key : refuse('open311:key', `This api_key is not for ${scope}.`);
}
