import type { IntlMessageFormat } from 'intl-messageformat';

/** How a message uses a placeholder: as text, as a number (also plural), as a date or time, or to select a form. */
export type PlaceholderKind = 'text' | 'number' | 'time' | 'select';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

const LITERAL = 0;
const ARGUMENT = 1;
const NUMBER = 2;
const DATE = 3;
const TIME = 4;
const SELECT = 5;
const PLURAL = 6;

/** The placeholders of a parsed message, and the length of its longest form with placeholders counted as nothing. */
export function readPlaceholders(elements: readonly Element[]): { placeholders: Map<string, PlaceholderKind>; longest: number } {
  const placeholders = new Map<string, PlaceholderKind>();
  let longest = 0;
  for (const element of elements) longest += readElement(element, placeholders);
  return { placeholders, longest };
}

function readElement(element: Element, into: Map<string, PlaceholderKind>): number {
  const type: number = element.type;
  if (type === LITERAL && 'value' in element) return element.value.length;
  if (!('value' in element) || typeof element.value !== 'string') return 0;
  if (type === ARGUMENT) note(element.value, 'text', into);
  if (type === NUMBER || type === PLURAL) note(element.value, 'number', into);
  if (type === DATE || type === TIME) note(element.value, 'time', into);
  if (type === SELECT) note(element.value, 'select', into);
  if (!('options' in element)) return 0;
  let longest = 0;
  for (const option of Object.values(element.options)) {
    let length = 0;
    for (const inner of option.value) length += readElement(inner, into);
    longest = Math.max(longest, length);
  }
  return longest;
}

/** A placeholder shown and counted in one message is a number: that is what its value must be. */
function note(name: string, kind: PlaceholderKind, into: Map<string, PlaceholderKind>): void {
  if (into.get(name) === undefined || into.get(name) === 'text') into.set(name, kind);
}
