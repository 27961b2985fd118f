/** What Hazir sends: reads a Graph request, finds whose reply it is, and says whether it was the right one. */
import { property, textProperty } from '@hazir/core';
import type { Contact } from './contacts.ts';
import type { Tally } from './tally.ts';

export interface Sent {
  /** E.164 digits of the citizen. */
  to: string;
  tracker: string;
  /** The words of the bubble. */
  text: string;
}

/** Reads a request to `/messages`; undefined when it only marks a message as read. */
export function readSent(body: string): Sent | undefined {
  if (body.includes('"status":"read"')) return undefined;
  const parsed: unknown = JSON.parse(body);
  const words =
    textProperty(property(parsed, 'text'), 'body') ?? textProperty(property(property(parsed, 'interactive'), 'body'), 'text');
  return {
    to: (textProperty(parsed, 'to') ?? '').replace('+', ''),
    tracker: textProperty(parsed, 'biz_opaque_callback_data') ?? '',
    text: words ?? textProperty(parsed, 'type') ?? '',
  };
}

export type Verdict = 'right' | 'doubled' | 'misordered';

/** Judges a reply against what its citizen waits for, and counts what is wrong. */
export function judge(tally: Tally, contact: Contact, sent: Sent): Verdict {
  const { turn } = contact;
  if (turn === undefined || turn.replied) {
    tally.doubled += 1;
    note(tally, `doubled to ${contact.index}: ${sent.text}`);
    return 'doubled';
  }
  if (turn.step.expected.some((words) => sent.text.includes(words))) return 'right';
  tally.misordered += 1;
  note(tally, `for ${JSON.stringify(turn.step.said)} (${contact.language}) came: ${sent.text}`);
  return 'misordered';
}

function note(tally: Tally, sample: string): void {
  if (tally.samples.length < 8) tally.samples.push(sample.slice(0, 200));
}
