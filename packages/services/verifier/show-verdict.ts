/** Says what a code is worth, in the reader's language. What was signed is put in as text, never as markup. */
import type { ForeignDocument } from '../src/documents/credential/foreign/foreign-document.ts';
import { labelOf } from '../src/documents/credential/foreign/labels.ts';
import type { Verdict } from '../src/documents/credential/verify-document.ts';
import type { Texts } from './texts.ts';

export interface Reader {
  language: string;
  texts: Texts;
}

/** Fills `place` with the verdict and, where the signature is right, what was signed. */
export function showVerdict(place: HTMLElement, found: Verdict, { language, texts }: Reader): void {
  place.dataset.verdict = found.verdict;
  const isUnconfirmed = found.verdict === 'unknown_issuer' && 'foreign' in found;
  const more = isUnconfirmed ? texts.unconfirmed_more : texts[`${found.verdict}_more`];
  place.replaceChildren(element('h2', texts[found.verdict]), element('p', more));
  if ('foreign' in found) place.append(foreignList(found.foreign, { language, texts }));
  if (!('document' in found)) return;
  const { document, issuer, statusAsOf } = found;
  const type = issuer.types[document.type];
  const { list, add } = newList();
  add(texts.document, wordIn(type?.name, language) ?? document.type);
  for (const [name, value] of Object.entries(document.fields)) add(wordIn(type?.fields[name], language) ?? name, value);
  add(texts.number, document.number);
  add(texts.issuer, wordIn(issuer.name, language) ?? issuer.id);
  add(texts.issued, dateIn(document.issuedAt, language));
  if (document.expiresAt !== undefined) add(texts.until, dateIn(document.expiresAt, language));
  const revocation = statusAsOf === undefined ? texts.statusUnknown : `${texts.statusAsOf} ${dateIn(statusAsOf, language)}`;
  place.append(list, element('p', revocation));
}

/** What is written in a code of another system. */
function foreignList(foreign: ForeignDocument, { language, texts }: Reader): HTMLElement {
  const { list, add } = newList();
  const { kind, fields } = labelOf(foreign, language);
  add(texts.document, kind);
  for (const { label, value } of fields) add(label, value);
  if (foreign.issuer !== undefined) add(texts.issuer, wordIn(foreign.issuer, language) ?? '');
  if (foreign.issuedAt !== undefined) add(texts.issued, dateIn(foreign.issuedAt, language));
  if (foreign.expiresAt !== undefined) add(texts.until, dateIn(foreign.expiresAt, language));
  return list;
}

function newList(): { list: HTMLElement; add: (label: string, value: string) => void } {
  const list = window.document.createElement('dl');
  return { list, add: (label, value) => list.append(element('dt', label), element('dd', value)) };
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

function wordIn(words: Readonly<Record<string, string>> | undefined, language: string): string | undefined {
  return words?.[language] ?? words?.en ?? Object.values(words ?? {})[0];
}

function element(name: string, text: string): HTMLElement {
  const made = window.document.createElement(name);
  made.textContent = text;
  // Names may be in another script than the page: each part takes its own direction.
  made.dir = 'auto';
  return made;
}
