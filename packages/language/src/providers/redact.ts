/** What may not leave: identity numbers, telephone numbers, mail addresses and any other long number. */
import { maskIdentifiers } from '../entities/identifiers.ts';
import { plainText } from '../tokens.ts';

/** From nine digits on a number names somebody or something of theirs; a PIN code, a year or a sum does not. */
const LONG_NUMBER = /\+?[0-9](?:[\s().-]?[0-9]){8,}/g;
const MAIL = /[^\s@<>()"',;:]{1,64}@[^\s@<>()"',;:]{1,255}/g;

/** Replaces them by what they are, in any script's digits; everything else stays. */
export function redactForProvider(text: string): string {
  const masked = maskIdentifiers(text);
  const source = plainText(masked);
  const spans = [...source.plain.matchAll(MAIL), ...source.plain.matchAll(LONG_NUMBER)]
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      name: match[0].includes('@') ? '[mail]' : '[number]',
    }))
    .sort((a, b) => a.start - b.start);
  let redacted = '';
  let from = 0;
  for (const { start, end, name } of spans) {
    const [first, last] = [source.starts[start] ?? 0, source.starts[end] ?? masked.length];
    // What begins inside another one is taken out to its own end.
    if (last <= from) continue;
    redacted += masked.slice(from, Math.max(first, from)) + name;
    from = last;
  }
  return redacted + masked.slice(from);
}
