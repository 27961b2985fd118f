/** Says what a code is worth, in the reader's language. What was signed is put in as text, never as markup. */
import type { Verdict } from '../src/documents/credential/verify-document.ts';
import type { Texts } from './texts.ts';

export interface Reader {
  language: string;
  texts: Texts;
}

/** Fills `place` with the verdict and, where the signature is right, what was signed. */
export function showVerdict(place: HTMLElement, found: Verdict, { language, texts }: Reader): void {
  place.dataset.verdict = found.verdict;
  place.replaceChildren(element('h2', texts[found.verdict]), element('p', texts[`${found.verdict}_more`]));
  if (!('document' in found)) return;
  const { document, issuer, statusAsOf } = found;
  const type = issuer.types[document.type];
  const list = window.document.createElement('dl');
  const add = (label: string, value: string) => list.append(element('dt', label), element('dd', value));
  add(texts.document, wordIn(type?.name, language) ?? document.type);
  for (const [name, value] of Object.entries(document.fields)) add(wordIn(type?.fields[name], language) ?? name, value);
  add(texts.number, document.number);
  add(texts.issuer, wordIn(issuer.name, language) ?? issuer.id);
  add(texts.issued, dateIn(document.issuedAt, language));
  if (document.expiresAt !== undefined) add(texts.until, dateIn(document.expiresAt, language));
  const revocation = statusAsOf === undefined ? texts.statusUnknown : `${texts.statusAsOf} ${dateIn(statusAsOf, language)}`;
  place.append(list, element('p', revocation));
}

/** A moment in Unix seconds, in Indian time and ASCII digits, as it stands on the document. */
export function dateIn(seconds: number, language: string): string {
  const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Kolkata',
  });
  return format.format(seconds * 1_000);
}

function wordIn(words: Record<string, string> | undefined, language: string): string | undefined {
  return words?.[language] ?? words?.en ?? Object.values(words ?? {})[0];
}

function element(name: string, text: string): HTMLElement {
  const made = window.document.createElement(name);
  made.textContent = text;
  // Names may be in another script than the page: each part takes its own direction.
  made.dir = 'auto';
  return made;
}
