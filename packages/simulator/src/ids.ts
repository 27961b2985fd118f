/**
 * Identifiers in the shapes that Meta uses. They are unique within a run and, because the time at which the simulator
 * was made is mixed in, between runs too: a business keeps its database when the simulator restarts, and would take a
 * repeated message id for a repeated delivery.
 */
import { drawsFor, hashOf } from './random.ts';

export interface Ids {
  /** A WhatsApp message id; `party` are the digits of the citizen's phone, or any text where it is not known. */
  wamid: (party: string, direction: 'in' | 'out') => string;
  /** A numeric id as the Graph API gives media and templates. */
  object: () => string;
  /** A trace id of an error. */
  trace: () => string;
}

export function createIds(seed: number, startedAt: number): Ids {
  let made = 0;
  const run = hashOf(String(startedAt));
  const next = () => {
    made += 1;
    return drawsFor(seed ^ run, 'id', made);
  };
  return {
    wamid: (party, direction) => {
      const draw = next();
      const hex = `${hexWord(draw())}${hexWord(draw())}${made.toString(16).padStart(2, '0').slice(-2)}`.toUpperCase();
      const head = `\u001c\u0018${String.fromCharCode(party.length)}${party}\u0015\u0002\u0000`;
      const body = `${direction === 'in' ? '\u0012' : '\u0011'}\u0018\u0012${hex}\u0000`;
      return `wamid.${Buffer.from(head + body, 'latin1').toString('base64')}`;
    },
    object: () => `${1 + Math.floor(next()() * 8)}${run.toString().slice(-4).replace('-', '7')}${(1e10 + made).toString()}`,
    trace: () => `A${Buffer.from(hexWord(next()()) + hexWord(made / 4_294_967_296)).toString('base64url')}`,
  };
}

/** A business-scoped user id that stays the same for the same person between runs, until it is rotated. */
export function userIdFor(seed: number, phone: string, rotation: number): string {
  const draw = drawsFor(seed ^ hashOf(phone), 'userId', rotation);
  const digits = () =>
    Math.floor(draw() * 60_466_176)
      .toString(36)
      .padStart(5, '0');
  return `IN.${digits()}${digits()}${digits()}`.toUpperCase();
}

function hexWord(share: number): string {
  return Math.floor(share * 4_294_967_296)
    .toString(16)
    .padStart(8, '0');
}
