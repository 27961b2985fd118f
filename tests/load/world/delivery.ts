/**
 * Delivers webhooks as Meta does: again until they are answered with 200, some of them twice, and, where a test wants it, late,
 * out of order and several in one body.
 */
import type { LoadNumber } from './contacts.ts';
import { webhookBody } from './envelopes.ts';
import type { Tally } from './tally.ts';
import type { WebhookClient } from './webhook-client.ts';
import type { Wheel } from './wheel.ts';

export interface DeliveryFaults {
  /** Milliseconds after which each copy of a webhook is posted; the first counts as the delivery. */
  copies: () => readonly number[];
  /** Most updates in one body; 1: each alone. Those of one number that come within a few milliseconds are put together. */
  batch: number;
}

export interface Delivery {
  /** Posts one update until it is acknowledged, then calls `acked`, once. */
  send: (number: LoadNumber, change: string, acked: () => void) => void;
  /** Webhooks that are not acknowledged yet. */
  open: () => number;
}

const AGAIN_MS = 300;
const GATHER_MS = 8;
const REDELIVERED = 0.02;

/** The ordinary provider: one webhook in fifty is delivered a second time, 50 to 550 ms later. */
export const ordinaryDelivery: DeliveryFaults = {
  copies: () => (Math.random() < REDELIVERED ? [0, 50 + Math.random() * 500] : ONCE),
  batch: 1,
};
const ONCE: readonly number[] = [0];

interface Parts {
  client: WebhookClient;
  wheel: Wheel;
  tally: Tally;
  faults: DeliveryFaults;
}

interface Update {
  change: string;
  acked: () => void;
}

export function createDelivery(parts: Parts): Delivery {
  const gathering = new Map<LoadNumber, Update[]>();
  let open = 0;
  const deliver = (number: LoadNumber, updates: readonly Update[]) => {
    const body = webhookBody(
      number.businessId,
      updates.map(({ change }) => change),
    );
    let told = false;
    const acked = () => {
      if (told) return;
      told = true;
      open -= updates.length;
      for (const update of updates) update.acked();
    };
    for (const delay of parts.faults.copies()) {
      if (delay > 0) parts.tally.redelivered += 1;
      if (delay <= 0) attempt(parts, { number, body }, acked);
      else parts.wheel.after(delay, () => attempt(parts, { number, body }, acked));
    }
  };
  const flush = (number: LoadNumber) => {
    const updates = gathering.get(number);
    gathering.delete(number);
    if (updates !== undefined) deliver(number, updates);
  };
  return {
    send: (number, change, acked) => {
      open += 1;
      if (parts.faults.batch <= 1) return deliver(number, [{ change, acked }]);
      const updates = gathering.get(number);
      if (updates === undefined) {
        gathering.set(number, [{ change, acked }]);
        parts.wheel.after(GATHER_MS, () => flush(number));
      } else if (updates.push({ change, acked }) >= parts.faults.batch) flush(number);
    },
    open: () => open,
  };
}

function attempt(parts: Parts, webhook: { number: LoadNumber; body: string }, acked: () => void): void {
  parts.client.post(webhook.body, webhook.number.key, (status) => {
    if (status === 200) return acked();
    parts.tally.refused += 1;
    parts.wheel.after(AGAIN_MS, () => attempt(parts, webhook, acked));
  });
}
