import type { Json } from '@hazir/core';
import { expect, test } from 'vitest';
import { compileMessage, type MessageLocale } from './message.ts';
import { saysMessage } from './says-message.ts';

const en: MessageLocale = { language: 'en', direction: 'ltr', digits: 'latn', timeZone: 'Asia/Kolkata' };
const mr: MessageLocale = { ...en, language: 'mr', digits: 'deva' };
const ur: MessageLocale = { ...en, language: 'ur', direction: 'rtl' };

test.each<[string, string, MessageLocale, { [name: string]: Json }, string]>([
  ['numbers group in lakh and crore', '{n, number}', en, { n: 12345678 }, '1,23,45,678'],
  ['in the digits of the language', '{n, number}', mr, { n: 1234567 }, '१२,३४,५६७'],
  ['rupees', '{n, number, ::currency/INR}', mr, { n: 250000 }, '₹२,५०,०००.००'],
  ['a plural', '{n, plural, one {# वॉर्ड} other {# वॉर्ड}}', mr, { n: 100000 }, '१,००,००० वॉर्ड'],
  ['a bare number has the digits, no grouping', '{n}', mr, { n: 2026 }, '२०२६'],
  ['a reference stays as it is', '{r}', mr, { r: 'MUM-12' }, 'MUM-12'],
  ['a day in the zone of the pack', '{d, date, medium}', en, { d: '2026-01-31T20:00:00Z' }, '1 Feb 2026'],
  ['a calendar day', '{d, date, medium}', en, { d: '2026-01-31' }, '31 Jan 2026'],
  ['a choice of forms', '{s, select, open {Open} other {Closed}}', en, { s: 'open' }, 'Open'],
  ['a list', '{l}', en, { l: ['a', 'b'] }, 'a, b'],
  ['a citizen’s braces', '{t}', en, { t: "{n, number} <b> '{'" }, "{n, number} <b> '{'"],
  ['isolation in Urdu', '{t}', ur, { t: 'abc' }, '\u2068abc\u2069'],
  ['a lone surrogate', '{t}', en, { t: 'a\ud800' }, 'a\ufffd'],
  ['an unset value', '[{t}]', en, { t: null }, '[]'],
])('%s', (_, source, locale, values, expected) => {
  expect(compileMessage(source, locale).format(values)).toBe(expected);
});

test.each(['{a', '{a b}', '{}', '{a, plural, one {x}}', '{a, magic}'])('%s is malformed', (source) => {
  expect(() => compileMessage(source, en)).toThrowError(expect.objectContaining({ code: 'text:malformed' }));
});

test('a number that is none is refused without showing it', () => {
  expect(() => compileMessage('{n, number}', en).format({ n: 'secret' })).toThrowError('The placeholder {n} needs a number');
});

test('the longest form is measured', () => {
  expect(compileMessage('ab {n, plural, one {1} other {22{x}}} c', en).longest).toBe(7);
});

test('what was said is recognised whatever the values were', () => {
  const source = 'The PIN {pin} is in {n, plural, one {one ward} other {# wards}}.';
  expect(saysMessage(source, 'Hello.\n\nThe PIN 400028 is in २ wards.')).toBe(true);
  expect(saysMessage(source, 'The PIN 400028 is in one ward.')).toBe(true);
  expect(saysMessage(source, 'The PIN 400028 is in one war.')).toBe(false);
});

test('many forms inside each other are told apart', () => {
  const one = '{a, select, x {eks} other {{n, plural, one {one} other {# many}}}} ';
  const source = `*{r}*\n${one.repeat(12)}end`;
  expect(saysMessage(source, `Hi.\n\n*MUM-1*\n${'eks 5 many one '.repeat(4)}end`)).toBe(true);
  expect(saysMessage(source, `Hi.\n\n*MUM-1*\n${'eks 5 many one '.repeat(3)}eks eks zed end`)).toBe(false);
});
