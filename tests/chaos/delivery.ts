/**
 * Delivers webhooks as unkindly as Meta may: every update up to three times, late, among others of the same business account
 * in any order, cut into bodies anew each time, and again until it is answered with 200. Updates handed over together keep
 * their order among each other, as the elements of one body do.
 */
import type { LoadNumber } from '../load/world/contacts.ts';
import { webhookBody } from '../load/world/envelopes.ts';
import type { WebhookClient } from '../load/world/webhook-client.ts';
import type { Dice } from './dice.ts';

export interface ChaosDelivery {
  /** Resolves at the first 200. */
  deliver: (number: LoadNumber, changes: readonly string[]) => Promise<void>;
  /** Copies that are still to be answered with 200. */
  open: () => number;
  counts: { posted: number; copies: number; refused: number };
}

interface Copy {
  number: LoadNumber;
  changes: readonly string[];
  acked: () => void;
}

const GATHER_MS = 12;
const LATE_MS = 3_000;
const MOST_IN_BODY = 8;
const AGAIN_MS = [100, 700] as const;

export function createChaosDelivery(client: WebhookClient, dice: Dice): ChaosDelivery {
  const pools = new Map<string, Copy[]>();
  const counts = { posted: 0, copies: 0, refused: 0 };
  let open = 0;

  const push = (copy: Copy) => {
    const pool = pools.get(copy.number.businessId);
    if (pool !== undefined) return void pool.push(copy);
    pools.set(copy.number.businessId, [copy]);
    setTimeout(() => flush(copy.number.businessId), dice.between(0, GATHER_MS));
  };
  const flush = (businessId: string) => {
    const copies = dice.shuffle(pools.get(businessId) ?? []);
    pools.delete(businessId);
    while (copies.length > 0) post(copies.splice(0, 1 + Math.floor(dice.next() * MOST_IN_BODY)));
  };
  const post = (copies: Copy[]) => {
    const [first] = copies;
    if (first === undefined) return;
    const changes = copies.flatMap((copy) => copy.changes);
    counts.posted += 1;
    client.post(webhookBody(first.number.businessId, changes), first.number.key, (status) => {
      for (const copy of copies) {
        if (status === 200) {
          open -= 1;
          copy.acked();
        } else {
          counts.refused += 1;
          setTimeout(() => push(copy), dice.between(...AGAIN_MS));
        }
      }
    });
  };
  return {
    deliver: (number, changes) =>
      new Promise((acked) => {
        const copies = 1 + Number(dice.chance(0.5)) + Number(dice.chance(0.3));
        open += copies;
        counts.copies += copies;
        push({ number, changes, acked });
        for (let copy = 1; copy < copies; copy += 1)
          setTimeout(() => push({ number, changes, acked }), dice.next() ** 2 * LATE_MS);
      }),
    open: () => open,
    counts,
  };
}
