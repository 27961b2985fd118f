import { expect, test } from 'vitest';
import { isOpen, parseOpeningHours } from './opening-hours.ts';

const MUMBAI = { timeZone: 'Asia/Kolkata', holidays: ['2027-01-26'] };
const OFFICE = 'Mo-Fr 09:45-18:15; PH off';

test.each<[string, string, string, boolean]>([
  ['an office on a Tuesday at noon', OFFICE, '2026-11-24T12:00+05:30', true],
  ['to the minute: it opens', OFFICE, '2026-11-24T09:45+05:30', true],
  ['a minute before', OFFICE, '2026-11-24T09:44+05:30', false],
  ['to the minute: it closes', OFFICE, '2026-11-24T18:15+05:30', false],
  ['on a Saturday', OFFICE, '2026-11-28T12:00+05:30', false],
  ['on a holiday that is a Tuesday', OFFICE, '2027-01-26T12:00+05:30', false],
  ['on that holiday by the calendar of Mumbai, not of London', OFFICE, '2027-01-25T23:30Z', false],
  ['on a holiday, where nothing is said of holidays', 'Mo-Fr 09:45-18:15', '2027-01-26T12:00+05:30', true],
  ['a hospital at any time', '24/7', '2027-01-26T03:00+05:30', true],
  ['a dispensary at its lunch', 'Mo-Sa 09:00-13:00,14:00-18:00', '2026-11-24T13:30+05:30', false],
  ['and after it', 'Mo-Sa 09:00-13:00,14:00-18:00', '2026-11-24T14:00+05:30', true],
  ['a shelter before midnight', 'Sa 20:00-07:00', '2026-11-28T23:00+05:30', true],
  ['and after, on a day without a rule', 'Sa 20:00-07:00', '2026-11-29T06:59+05:30', true],
  ['and in the morning', 'Sa 20:00-07:00', '2026-11-29T07:00+05:30', false],
  ['a garden every day', '05:00-24:00', '2026-11-29T23:59+05:30', true],
  ['a later rule for a day', '05:00-22:00; We off', '2026-11-25T12:00+05:30', false],
  ['days over the end of the week', 'Sa-Mo 10:00-12:00', '2026-11-30T11:00+05:30', true],
])('%s', (_, text, at, open) => {
  const hours = parseOpeningHours(text);
  expect(hours && isOpen(hours, new Date(at), MUMBAI)).toBe(open);
});

test.each([
  '',
  'morning',
  'Mo-Xx 09:00-10:00',
  'Mo 9-17',
  'Mo 25:00-26:00',
  'Mo 09:00-24:30',
  'Mo 09:00',
  'Mo-We-Fr 09:00-10:00',
  ';',
])('not of the form: "%s"', (text) => {
  expect(parseOpeningHours(text)).toBeUndefined();
});
