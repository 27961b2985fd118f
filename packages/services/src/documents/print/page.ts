/** What a layout is given: everything that is printed, in the language of the document. */
import { textIn } from '../../data/localized.ts';
import type { IssuerFacts } from '../issuer.ts';
import type { DocumentRow } from '../records.ts';
import type { DocumentTemplate } from '../templates.ts';
import { PRINTED_WORDS } from './all-words.ts';
import { codePixels } from './code-pixels.ts';
import { familiesOf } from './fonts.ts';
import type { PrintedWords } from './words.ts';

export interface Page {
  /** The layout: Typst. */
  layout: string;
  /** Read by layouts as `doc`. */
  doc: PageFacts;
  /** The code's pixels. */
  pixels: Uint8Array;
  /** Unix seconds, as the time at which the file was made: the same document gives the same file. */
  madeAt: number;
}

export interface PageFacts {
  language: string;
  rightToLeft: boolean;
  fonts: string[];
  issuer: string;
  title: string;
  /** The template's own texts by name. */
  texts: Record<string, string>;
  /** Label and value, in the order of the template. */
  fields: [string, string][];
  number: string;
  issuedOn: string;
  validUntil: string;
  /** Year, month and day of issue. */
  day: [number, number, number];
  /** Where it is checked, without "https://". */
  address: string;
  words: PrintedWords;
  /** The document as a verifiable credential. */
  credential: string;
  codeSize: number;
}

export interface Printing {
  facts: IssuerFacts;
  template: DocumentTemplate;
  layout: string;
  defaultLanguage: string;
  timeZone: string;
}

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = new Set(['ur']);

export type PrintedDocument = Pick<DocumentRow, 'language' | 'fields' | 'code' | 'number' | 'issuedAt' | 'expiresAt'>;

export function pageOf(document: PrintedDocument, credential: string, printing: Printing): Page {
  const { facts, template, defaultLanguage, timeZone } = printing;
  const { language, issuedAt, expiresAt } = document;
  const own = (words: Readonly<Record<string, string>>) => textIn(new Map(Object.entries(words)), language, defaultLanguage);
  const { pixels, size } = codePixels(document.code);
  const words = wordsIn(language, defaultLanguage);
  const dated = formatterOf(`${language}-IN-u-nu-latn`, timeZone);
  return {
    layout: printing.layout,
    pixels,
    madeAt: Math.floor(issuedAt.getTime() / 1_000),
    doc: {
      language,
      rightToLeft: RIGHT_TO_LEFT.has(language),
      fonts: familiesOf(language),
      issuer: own(facts.name),
      title: own(template.name),
      texts: Object.fromEntries(Object.entries(template.texts).map(([name, text]) => [name, own(text)])),
      fields: template.fields.map(({ name, label }) => [own(label), document.fields[name] ?? '']),
      number: document.number,
      issuedOn: dated.format(issuedAt),
      validUntil: expiresAt === null ? words.noEnd : dated.format(expiresAt),
      day: dayOf(issuedAt, timeZone),
      address: `${new URL(facts.url).host}/verify`,
      words,
      credential,
      codeSize: size,
    },
  };
}

/** Every language of a pack has its own; a stored document may be in one that the pack has dropped. */
function wordsIn(language: string, defaultLanguage: string): PrintedWords {
  const words = PRINTED_WORDS[language] ?? PRINTED_WORDS[defaultLanguage] ?? PRINTED_WORDS.en;
  if (words === undefined) throw new Error('the words of layouts have no English');
  return words;
}

/** Formatters cost more to make than a page to describe. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}`;
  const dateStyle = locale === 'en-CA' ? 'short' : 'long';
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle, timeZone });
  formatters.set(key, formatter);
  return formatter;
}

function dayOf(at: Date, timeZone: string): [number, number, number] {
  const [year = 1970, month = 1, day = 1] = formatterOf('en-CA', timeZone).format(at).split('-').map(Number);
  return [year, month, day];
}
