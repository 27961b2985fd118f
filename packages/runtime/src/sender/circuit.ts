/**
 * Stops a number from hammering a provider that does not answer. Failures in a row, of different citizens, open it; after a
 * back-off one post tries; its success closes the circuit, its failure opens it for longer.
 */
import { backOff } from './settings.ts';

export type CircuitState = 'closed' | 'open' | 'half_open';

export interface Circuit {
  /** Milliseconds until a post may be tried; 0: now; Infinity: when the one that is trying has ended. */
  wait: (now: number) => number;
  /** A post begins. */
  begun: () => void;
  /** It ended without having been tried. */
  withdrawn: () => void;
  /** No answer, or none from the provider itself. True when this opened the circuit. */
  failed: (contactId: string, now: number) => boolean;
  /** The provider answered, be it with a refusal. True when this closed the circuit. */
  answered: () => boolean;
  state: (now: number) => CircuitState;
}

const LONGEST_OPEN_MS = 30_000;

export function createCircuit(failuresToOpen: number): Circuit {
  const failing = new Set<string>();
  let openings = 0;
  let openUntil = 0;
  let trying = false;
  return {
    wait: (now) => {
      if (openings === 0) return 0;
      return trying ? Number.POSITIVE_INFINITY : Math.max(0, openUntil - now);
    },
    begun: () => {
      if (openings > 0) trying = true;
    },
    withdrawn: () => {
      trying = false;
    },
    failed: (contactId, now) => {
      failing.add(contactId);
      const opens = openings === 0 ? failing.size >= failuresToOpen : trying;
      if (!opens) return false;
      failing.clear();
      trying = false;
      openings += 1;
      // The first back-off is a second or so: less would not be worth opening for.
      openUntil = now + backOff(openings + 1, LONGEST_OPEN_MS);
      return true;
    },
    answered: () => {
      const closes = openings > 0;
      failing.clear();
      trying = false;
      openings = 0;
      return closes;
    },
    state: (now) => {
      if (openings === 0) return 'closed';
      return trying || openUntil <= now ? 'half_open' : 'open';
    },
  };
}
