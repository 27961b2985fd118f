/** What the operations of appointments share: the pack's settings, shapes, and what a citizen reads of an appointment. */
import type { CallSubject } from '@hazir/core';
import { z } from 'zod';
import { textIn } from '../data/localized.ts';
import type { AppointmentRow, SlotRow } from './records.ts';
import type { AppointmentSettings } from './settings.ts';
import { dateOf, dayIn, HOUR, later, timeOf } from './times.ts';

export interface Desk {
  settings: AppointmentSettings;
  defaultLanguage: string;
}

export const badInput = 'appointments:bad-input';

/** A reference as typed; each operation reads it in any form. */
export const typedReference = z.string().max(200).describe('As typed: digits of any script, with or without spaces.');

const position = z.object({ latitude: z.number(), longitude: z.number(), name: z.string(), address: z.string() });

/** Where and what: the same of a session and of an appointment. */
export const placeShape = z.object({
  resource: z.string().describe('Code of the resource, for example of a centre or a counter.'),
  name: z.string(),
  address: z.string(),
  position: position.nullable(),
  kind: z.string().describe('Vaccine or type of counter.'),
  fee: z.number().describe('In rupees; 0 for free.'),
  date: z.string().describe('For example "2026-11-23".'),
  day: z.string().describe('The date in the language of the citizen, for example "Mon, 23 Nov".'),
});

export const appointmentShape = placeShape.extend({
  reference: z.string(),
  secret: z.string().describe('Four digits that are asked for where the citizen comes to.'),
  status: z.enum(['booked', 'checked_in', 'no_show', 'cancelled']),
  person: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  time: z.string().describe('For example "09:00-11:00".'),
  coming: z.boolean().describe('True once the citizen has said so.'),
  canChange: z.boolean(),
  changeUntil: z.iso.datetime(),
});

export type PlaceColumns = Pick<
  SlotRow,
  'resource' | 'name' | 'address' | 'latitude' | 'longitude' | 'kind' | 'fee_paise' | 'date'
>;

/** Where and what, in the citizen's language. */
export function placeOf(desk: Desk, row: PlaceColumns, { language }: CallSubject): z.output<typeof placeShape> {
  const name = inLanguage(desk, row.name, language);
  const address = inLanguage(desk, row.address, language);
  const { latitude, longitude } = row;
  return {
    resource: row.resource,
    name,
    address,
    position: latitude === null || longitude === null ? null : { latitude, longitude, name, address },
    kind: row.kind,
    fee: row.fee_paise / 100,
    date: row.date,
    day: dayIn(row.date, language),
  };
}

/** What a citizen reads of an own appointment that was booked. */
export function appointmentOf(
  desk: Desk,
  row: AppointmentRow,
  { subject, now }: { subject: CallSubject; now: Date },
): z.output<typeof appointmentShape> {
  const status = row.status === 'held' || row.status === 'lapsed' ? 'booked' : row.status;
  return {
    ...placeOf(desk, row, subject),
    reference: row.reference ?? '',
    secret: row.secret ?? '',
    status,
    person: row.person,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    time: timesOf(row),
    coming: row.coming_at !== null,
    canChange: row.status === 'booked' && now <= changeUntil(desk, row),
    changeUntil: changeUntil(desk, row).toISOString(),
  };
}

/** "09:00-11:00". */
export function timesOf({ starts_at, ends_at }: Pick<SlotRow, 'starts_at' | 'ends_at'>): string {
  return `${timeOf(starts_at)}-${timeOf(ends_at)}`;
}

/** The last moment at which an appointment can be moved or cancelled; it still counts. */
export function changeUntil({ settings }: Desk, { starts_at }: Pick<SlotRow, 'starts_at'>): Date {
  return later(starts_at, -settings.changeBeforeHours * HOUR);
}

/** The last date that can be booked today. */
export function lastDate({ settings }: Desk, now: Date): string {
  return dateOf(later(now, settings.bookAheadDays * 24 * HOUR));
}

function inLanguage({ defaultLanguage }: Desk, text: Record<string, string>, language: string): string {
  return textIn(new Map(Object.entries(text)), language, defaultLanguage);
}
