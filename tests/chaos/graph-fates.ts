/** What the fake Graph API does with a message: most are accepted, the rest fail in every way that the real one has. */
import type { GraphAnswer } from '../load/world/graph.ts';
import type { Dice } from './dice.ts';

export interface Fate {
  name: FateName;
  /** Whether the citizen gets the message, whatever is answered. */
  accepted: boolean;
  /** Undefined: the ordinary answer, at once. */
  answer?: GraphAnswer;
}

const WEIGHTS = {
  accepted: 800,
  accepted_slowly: 80,
  too_fast: 25,
  pair_too_fast: 12,
  server_error: 30,
  unavailable: 15,
  cut: 6,
  accepted_then_cut: 15,
  accepted_then_silent: 10,
  silent: 4,
} as const;

export type FateName = keyof typeof WEIGHTS;

/** Far beyond every time-out of ours. */
const SILENT_MS = 30_000;

export function drawFate(dice: Dice): Fate {
  const name = dice.weigh(WEIGHTS);
  const refusal = REFUSALS[name];
  if (refusal !== undefined) return { name, accepted: false, answer: errorOf(refusal) };
  switch (name) {
    case 'accepted_slowly':
      return { name, accepted: true, answer: { status: 200, body: '', delayMs: dice.between(20, 900) } };
    case 'accepted_then_cut':
      return { name, accepted: true, answer: { status: 200, body: '', cut: true } };
    case 'accepted_then_silent':
      return { name, accepted: true, answer: { status: 200, body: '', delayMs: SILENT_MS } };
    case 'cut':
      return { name, accepted: false, answer: { status: 200, body: '', cut: true } };
    case 'silent':
      return { name, accepted: false, answer: { ...errorOf({ status: 500, code: 131000 }), delayMs: SILENT_MS } };
    default:
      return { name: 'accepted', accepted: true };
  }
}

const REFUSALS: Partial<Record<FateName, { status: number; code: number }>> = {
  too_fast: { status: 429, code: 130429 },
  pair_too_fast: { status: 429, code: 131056 },
  server_error: { status: 500, code: 131000 },
  unavailable: { status: 503, code: 131016 },
};

function errorOf({ status, code }: { status: number; code: number }): GraphAnswer {
  return { status, body: `{"error":{"message":"(#${code})","type":"OAuthException","code":${code},"fbtrace_id":"chaos"}}` };
}
