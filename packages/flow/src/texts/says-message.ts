/**
 * Whether a text is what a message says, whatever its values were. All places where the text can stand after each part
 * are followed at once, so that messages with many plurals and selects inside each other cost no more than short ones.
 */
import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** Places in the text; a loose one lets anything come first: a value was there, or the message has not begun. */
interface Places {
  exact: ReadonlySet<number>;
  /** The earliest loose place: every later one is reached from it. */
  loose: number | undefined;
}

const LITERAL = 0;

/** True when `text` contains a form of the ICU message, with anything in place of its values. */
export function saysMessage(source: string, text: string): boolean {
  const elements = new IntlMessageFormat(source, 'en', undefined, { ignoreTag: true }).getAst();
  const end = follow(elements, text, { exact: new Set(), loose: 0 });
  return end.exact.size > 0 || end.loose !== undefined;
}

function follow(elements: readonly Element[], text: string, from: Places): Places {
  return elements.reduce((places, element) => followOne(element, text, places), from);
}

function followOne(element: Element, text: string, from: Places): Places {
  const type: number = element.type;
  if (type === LITERAL && 'value' in element && typeof element.value === 'string') return afterLiteral(element.value, text, from);
  if ('options' in element) return together(Object.values(element.options).map((option) => follow(option.value, text, from)));
  const places = [...from.exact, ...(from.loose === undefined ? [] : [from.loose])];
  return { exact: new Set(), loose: places.length === 0 ? undefined : Math.min(...places) };
}

function afterLiteral(literal: string, text: string, { exact, loose }: Places): Places {
  if (literal === '') return { exact, loose };
  const after = new Set<number>();
  for (const place of exact) if (text.startsWith(literal, place)) after.add(place + literal.length);
  let found = loose === undefined ? -1 : text.indexOf(literal, loose);
  while (found >= 0) {
    after.add(found + literal.length);
    found = text.indexOf(literal, found + 1);
  }
  return { exact: after, loose: undefined };
}

function together(places: readonly Places[]): Places {
  const loose = places.flatMap((each) => (each.loose === undefined ? [] : [each.loose]));
  return {
    exact: new Set(places.flatMap((each) => [...each.exact])),
    loose: loose.length === 0 ? undefined : Math.min(...loose),
  };
}
