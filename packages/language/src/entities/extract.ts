/**
 * Everything in a message that a service can use: one pass for each kind, the surest first; what one kind has taken no
 * other gets. Never throws; the time is linear and only the first part of a text is read.
 */
import { plainText, readTokens } from '../tokens.ts';
import { findAmounts } from './amounts.ts';
import type { Entity, Finding } from './entity.ts';
import { findIdentifiers, spansBack } from './identifiers.ts';
import { findMobiles, findPins } from './phone-and-pin.ts';
import { findReferences, type ReferenceTemplate } from './references.ts';
import { spell } from './spelling.ts';
import { findSpokenDates } from './spoken-dates.ts';
import { findDigitDates, findNamedDates, findShortDates } from './written-dates.ts';

export interface ExtractOptions {
  /** The day where the citizen is, YYYY-MM-DD. */
  today: string;
  references?: readonly ReferenceTemplate[];
}

/** WhatsApp lets a citizen write no more. */
const MOST_CHARACTERS = 4_096;

/** The entities of a message in the order of their places, which are UTF-16 offsets in the text; none overlap. */
export function extractEntities(text: string, { today, references = [] }: ExtractOptions): Entity[] {
  const source = plainText(text.slice(0, MOST_CHARACTERS));
  const tokens = spell(readTokens(source.plain));
  const mobiles = findMobiles(source.plain);
  const all = [
    // Twelve digits that begin with 91 are a telephone number to a service, whatever the mask thinks of them.
    ...findIdentifiers(source.plain).filter(({ start }) => !mobiles.some((mobile) => mobile.start === start)),
    ...findReferences(source.plain, references),
    ...mobiles,
    ...findDigitDates(source.plain, today),
    ...findNamedDates(tokens, today),
    ...findShortDates(tokens, today),
    ...findSpokenDates(tokens, today),
    ...findAmounts(tokens),
    ...findPins(source.plain),
  ];
  return withoutOverlaps(all)
    .sort((a, b) => a.start - b.start)
    .map((entity) => ({ ...entity, ...spansBack(source, entity) }));
}

/** Keeps the earlier in the list where two share a character. */
function withoutOverlaps(found: readonly Finding[]): Finding[] {
  const taken = new Set<number>();
  return found.filter(({ start, end }) => {
    for (let at = start; at < end; at += 1) if (taken.has(at)) return false;
    for (let at = start; at < end; at += 1) taken.add(at);
    return true;
  });
}
