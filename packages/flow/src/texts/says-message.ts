/** Whether a text is what a message says, whatever its values were: the fixed parts of one of its forms, in order. */
import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

const LITERAL = 0;
/** Plurals within plurals multiply: more forms than this are not told apart. */
const MOST_FORMS = 64;

/** True when `text` contains the fixed parts of a form of the ICU message, in their order. */
export function saysMessage(source: string, text: string): boolean {
  const forms = formsOf(new IntlMessageFormat(source, 'en', undefined, { ignoreTag: true }).getAst());
  return forms.some((parts) => inOrder(parts, text));
}

function formsOf(elements: readonly Element[]): string[][] {
  let forms: string[][] = [[]];
  for (const element of elements) {
    const additions = formsOfElement(element);
    forms = forms.flatMap((form) => additions.map((added) => join(form, added))).slice(0, MOST_FORMS);
  }
  return forms;
}

/** An empty string stands for a value: it keeps the fixed parts around it apart. */
function formsOfElement(element: Element): string[][] {
  const type: number = element.type;
  if (type === LITERAL && 'value' in element && typeof element.value === 'string') return [[element.value]];
  if (!('options' in element)) return [['', '']];
  return Object.values(element.options).flatMap((option) => formsOf(option.value));
}

/** The last fixed part of the one and the first of the other touch, so they are one. */
function join(first: readonly string[], second: readonly string[]): string[] {
  if (first.length === 0 || second.length === 0) return [...first, ...second];
  return [...first.slice(0, -1), `${first.at(-1) ?? ''}${second[0] ?? ''}`, ...second.slice(1)];
}

function inOrder(parts: readonly string[], text: string): boolean {
  let from = 0;
  for (const part of parts) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return true;
}
