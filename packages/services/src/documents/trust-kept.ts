/** What verifiers need to know, read from the database once for many who ask: ten seconds are sooner than any printed list. */
import type { Tx } from '@hazir/store';
import { readTrust, type Trust } from './credential/trust.ts';
import { publishTrust } from './issuer.ts';

const FRESH_MS = 10_000;

let kept: { trust: Promise<Trust>; at: number } | undefined;

/** The trust of a moment ago at most. */
export async function currentTrust(tx: Tx, now: Date): Promise<Trust> {
  if (kept === undefined || Math.abs(now.getTime() - kept.at) > FRESH_MS) {
    const reading = publishTrust(tx, now).then(readTrust);
    kept = { trust: reading, at: now.getTime() };
    reading.catch(forgetTrust);
  }
  return kept.trust;
}

/** The next who asks reads anew. */
export function forgetTrust(): void {
  kept = undefined;
}
