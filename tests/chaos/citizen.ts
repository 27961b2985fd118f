/** A citizen of a chaos run: what they said, what must come back in which order, and what came. */
import type { Contact } from '../load/world/contacts.ts';
import type { Step } from '../load/world/script.ts';

export interface Citizen {
  contact: Contact;
  /** Everything said so far, each with the one answer that it must get. */
  said: { step: Step; wamid: string; acked: boolean }[];
  /** How many of the answers have come, in order. */
  answered: number;
  /** Answers by the tracker that Hazir sent along. */
  got: Map<string, { wamid: string; text: string; times: number }>;
  doubled: number;
  misordered: number;
  timeline: string[];
}

export function createCitizen(contact: Contact): Citizen {
  return { contact, said: [], answered: 0, got: new Map(), doubled: 0, misordered: 0, timeline: [] };
}

/** Judges a message that the citizen's phone shows; a first wrong one spoils the rest, which is then not judged. */
export function receive(citizen: Citizen, sent: { tracker: string; text: string; wamid: string }): void {
  const before = citizen.got.get(sent.tracker);
  if (before !== undefined) {
    before.times += 1;
    citizen.doubled += 1;
    return;
  }
  citizen.got.set(sent.tracker, { wamid: sent.wamid, text: sent.text, times: 1 });
  if (isSpoiled(citizen)) return;
  const awaited = citizen.said[citizen.answered];
  if (awaited?.step.expected.some((words) => sent.text.includes(words)) === true) citizen.answered += 1;
  else citizen.misordered += 1;
}

export function isSpoiled(citizen: Citizen): boolean {
  return citizen.misordered > 0;
}

/** Answers that have not come. */
export function missing(citizen: Citizen): number {
  return isSpoiled(citizen) ? 0 : citizen.said.length - citizen.answered;
}
