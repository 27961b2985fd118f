/**
 * Reference numbers by a tenant's template: # is a digit, @ a letter, * either, everything else itself. A separator of the
 * template (- / space) may be another one in the text or missing. No regular expression comes from a tenant.
 */
import { readTokens } from '../tokens.ts';
import type { Finding } from './entity.ts';

export interface ReferenceTemplate {
  /** What the flow calls it, for example "complaint". */
  name: string;
  /** For example SR-####-@@**. */
  template: string;
}

const LONGEST_TEMPLATE = 40;
const isSeparator = (character: string) => character !== '' && /[-/\s.]/.test(character);

/** Why a template cannot be used, in a word; undefined when it can. */
export function referenceTemplateProblem(template: string): 'too long' | 'too short' | 'bare digits' | undefined {
  if (template.length > LONGEST_TEMPLATE) return 'too long';
  const shape = [...template].filter((character) => !isSeparator(character)).join('');
  if (shape.length < 4) return 'too short';
  // Six, ten and twelve bare digits are a PIN, a telephone number and an Aadhaar number to everybody else.
  return /^(?:#{6}|#{10}|#{12})$/.test(shape) ? 'bare digits' : undefined;
}

/** Reference numbers in a plain text that fit a template and do not go on beyond it. Unusable templates find nothing. */
export function findReferences(plain: string, templates: readonly ReferenceTemplate[]): Finding[] {
  const usable = templates.filter(({ template }) => referenceTemplateProblem(template) === undefined);
  if (usable.length === 0) return [];
  const starts = readTokens(plain).filter(({ start }) => !isWordPart(plain.charAt(start - 1)));
  return starts.flatMap(({ start }) =>
    usable.flatMap(({ name, template }) => {
      const found = fit(plain, start, template);
      return found === undefined ? [] : [{ kind: 'reference' as const, name, start, ...found }];
    }),
  );
}

function fit(plain: string, start: number, template: string): { value: string; end: number } | undefined {
  let at = start;
  let value = '';
  for (const wanted of template) {
    if (isSeparator(wanted)) {
      if (isSeparator(plain.charAt(at))) at += 1;
      value += wanted;
      continue;
    }
    const character = plain.charAt(at);
    if (!fits(character, wanted)) return undefined;
    value += character.toUpperCase();
    at += 1;
  }
  return isWordPart(plain.charAt(at)) ? undefined : { value, end: at };
}

function fits(character: string, wanted: string): boolean {
  if (wanted === '#') return /^[0-9]$/.test(character);
  if (wanted === '@') return /^[a-z]$/.test(character);
  if (wanted === '*') return /^[a-z0-9]$/.test(character);
  return character === wanted.toLowerCase();
}

function isWordPart(character: string): boolean {
  return character !== '' && /[\p{L}\p{M}0-9]/u.test(character);
}
