import { z } from 'zod';

/** What pack.yaml says of appointments. Every limit has a default; a boundary itself still counts as in time. */
export const appointmentSettings = z.strictObject({
  /** CSV of the pack: sessions that come again each week; and the dates on which there are none. */
  schedule: z.string().min(1).max(200).optional(),
  holidays: z.string().min(1).max(200).optional(),
  /** CSV of the pack: phones of those who let people in by WhatsApp, and where. */
  desks: z.string().min(1).max(200).optional(),
  /** Appointments to come that one person may have at a time. */
  perPerson: z.number().int().min(1).max(50).default(1),
  /** The same for all people of one contact. */
  perHousehold: z.number().int().min(1).max(100).default(4),
  /** Bookings of one person within `windowDays`, with those that were cancelled: nobody books and cancels all day. */
  perWindow: z.number().int().min(1).max(100).default(5),
  windowDays: z.number().min(0).max(366).default(30),
  /** How far ahead can be booked, in days. */
  bookAheadDays: z.number().int().min(0).max(366).default(30),
  /** Until how long before its start an appointment can be moved or cancelled, in hours; 72 for three days. */
  changeBeforeHours: z.number().min(0).max(720).default(2),
  /** For how long somebody who did not come cannot book, in days. */
  lockOutDays: z.number().min(0).max(366).default(0),
  /** How long a seat is kept while the citizen makes up their mind, in minutes. */
  holdMinutes: z.number().min(1).max(120).default(10),
  /** When citizens are reminded, if the pack has the flow for it: so many days before, at this time of day in India. */
  reminders: z
    .array(
      z.strictObject({
        daysBefore: z.number().int().min(0).max(30),
        at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day, for example 18:00' }),
      }),
    )
    .max(5)
    .default([
      { daysBefore: 1, at: '18:00' },
      { daysBefore: 0, at: '07:00' },
    ]),
  /** By the kind of a session, for example a vaccine: how many doses there are, and days from one to the next at least. */
  doses: z
    .record(
      z.string().max(100),
      z.strictObject({ count: z.number().int().min(1).max(10), gapDays: z.number().int().min(0).max(3_650) }),
    )
    .default({}),
  /** How long a seat that became free is kept for the head of the line, in minutes. */
  offerMinutes: z.number().int().min(1).max(1_440).default(15),
});

export type AppointmentSettings = z.output<typeof appointmentSettings>;
