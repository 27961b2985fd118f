/**
 * One ICU message of one language, compiled once. Values are data: braces and markup in a citizen's words are never
 * syntax, direction controls are taken out of them, and in right-to-left languages each is isolated so that it cannot
 * turn the text around it.
 */
import { HazirError, type Json } from '@hazir/core';
import { type NumberingSystem, numberFormat, writeDigits } from '@hazir/language';
import { IntlMessageFormat } from 'intl-messageformat';
import { type PlaceholderKind, readPlaceholders } from './placeholders.ts';

export interface MessageLocale {
  language: string;
  direction: 'ltr' | 'rtl';
  digits: NumberingSystem;
  /** IANA name, for example Asia/Kolkata. */
  timeZone: string;
}

export interface Message {
  source: string;
  placeholders: ReadonlyMap<string, PlaceholderKind>;
  /** UTF-16 units of the longest form, placeholders counted as nothing. */
  longest: number;
  /** Throws HazirError `text:value` when a value is missing or has the wrong type. */
  format: (values: { [name: string]: Json }) => string;
}

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const directionControls = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g;

/** Compiles a message. Throws HazirError `text:malformed` that says what is wrong with it. */
export function compileMessage(source: string, locale: MessageLocale): Message {
  const format = parse(source, locale);
  const { placeholders, longest } = readPlaceholders(format.getAst());
  if (placeholders.size === 0) {
    const fixed = String(format.format({}));
    return { source, placeholders, longest, format: () => fixed };
  }
  return { source, placeholders, longest, format: (values) => formatMessage(format, convert(values, placeholders, locale)) };
}

function parse(source: string, locale: MessageLocale): IntlMessageFormat {
  try {
    return new IntlMessageFormat(source, locale.language, undefined, {
      ignoreTag: true,
      formatters: {
        getNumberFormat: (_, options) => numberFormat(locale.digits, numberOptions(options)),
        getDateTimeFormat: (_, options) => dateFormat(locale, options ?? {}),
        getPluralRules: (_, options) => pluralRules(locale.language, options ?? {}),
      },
    });
  } catch (error) {
    const code = error instanceof Error ? error.message : '';
    throw new HazirError(
      'text:malformed',
      `Malformed message: ${explanations[code] ?? code.toLowerCase().replaceAll('_', ' ')}`,
      {
        hint: "A placeholder is {name}; a plural is {count, plural, one {# ward} other {# wards}}. For a plain brace write '{'.",
      },
    );
  }
}

const explanations: { [code: string]: string } = {
  EXPECT_ARGUMENT_CLOSING_BRACE: 'a placeholder is not closed with }',
  EMPTY_ARGUMENT: 'a placeholder without a name',
  MALFORMED_ARGUMENT: 'a placeholder has a space or sign in its name',
  MISSING_OTHER_CLAUSE: 'a plural or select has no "other" form',
  INVALID_ARGUMENT_TYPE: 'a placeholder has an unknown type; known are number, date, time, plural, selectordinal, select',
};

function numberOptions(options: object | undefined): Intl.NumberFormatOptions {
  return { ...options };
}

const formatCache = new Map<string, Intl.DateTimeFormat>();
const pluralCache = new Map<string, Intl.PluralRules>();

function dateFormat(locale: MessageLocale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale.language}|${locale.digits}|${locale.timeZone}|${JSON.stringify(options)}`;
  const cached = formatCache.get(key);
  if (cached !== undefined) return cached;
  const tag = locale.language === 'en' ? 'en-IN' : locale.language;
  const created = new Intl.DateTimeFormat(`${tag}-u-nu-${locale.digits}`, { timeZone: locale.timeZone, ...options });
  formatCache.set(key, created);
  return created;
}

function pluralRules(language: string, options: Intl.PluralRulesOptions): Intl.PluralRules {
  const key = `${language}|${JSON.stringify(options)}`;
  const cached = pluralCache.get(key);
  if (cached !== undefined) return cached;
  const created = new Intl.PluralRules(language, options);
  pluralCache.set(key, created);
  return created;
}

function formatMessage(format: IntlMessageFormat, values: { [name: string]: string | number | Date }): string {
  try {
    const formatted = format.format(values);
    return Array.isArray(formatted) ? formatted.map(String).join('') : String(formatted);
  } catch {
    throw new HazirError('text:value', 'A text cannot be formatted: a value is missing or cannot be shown');
  }
}

function convert(values: { [name: string]: Json }, placeholders: ReadonlyMap<string, PlaceholderKind>, locale: MessageLocale) {
  const converted: { [name: string]: string | number | Date } = {};
  for (const [name, kind] of placeholders) converted[name] = convertOne(values[name] ?? null, kind, { name, locale });
  return converted;
}

function convertOne(
  value: Json,
  kind: PlaceholderKind,
  { name, locale }: { name: string; locale: MessageLocale },
): string | number | Date {
  if (kind === 'number') {
    if (typeof value === 'number') return value;
    throw new HazirError('text:value', `The placeholder {${name}} needs a number`);
  }
  if (kind === 'time') {
    const date = new Date(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN);
    // A message may also show the bare value beside the formatted one.
    if (Number.isFinite(date.getTime())) return Object.assign(date, { toString: () => plain(value) });
    throw new HazirError('text:value', `The placeholder {${name}} needs a date`);
  }
  if (kind === 'select') return plain(value);
  if (typeof value === 'number') return writeDigits(String(value), locale.digits);
  const text = plain(value).replace(directionControls, '');
  return locale.direction === 'rtl' ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;
}

function plain(value: Json): string {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
}
