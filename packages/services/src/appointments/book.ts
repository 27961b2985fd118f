/** Holding a seat and booking it: once per turn, however often the turn is run. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { channelOf } from '../channel-of.ts';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { appointmentOf, appointmentShape, badInput, type Desk, lastDate, placeOf, placeShape, timesOf } from './desk.ts';
import { refuseByDoses, withDoses } from './doses.ts';
import { isOfClass, type Person, person, refuse } from './eligibility.ts';
import { refuseMore } from './limits.ts';
import {
  type AppointmentKey,
  type AppointmentRow,
  confirmHeld,
  insertHeld,
  lockHousehold,
  readAppointment,
  readSlot,
  reserveReference,
  type SlotRow,
  setStatus,
} from './records.ts';
import { newSecret } from './reference.ts';
import { reminderMoments } from './reminders.ts';
import { claimSeat, endHolds, freeSeat, keepSeat } from './seats.ts';
import { later, MINUTE } from './times.ts';
import { endWaits, hasLine, leaveOffer } from './waits.ts';

const slot = z.uuid().describe('Of appointments.slots.');

const heldShape = placeShape.extend({
  hold: z.string(),
  until: z.iso.datetime(),
  person: z.string(),
  startsAt: z.iso.datetime(),
  time: z.string(),
});

/** Operations that hold and book. */
export function bookOperations(desk: Desk): Operation[] {
  return [hold(desk), held(desk), release(), book(desk)];
}

function hold(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.hold',
    summary: 'Keeps a seat for some minutes while the citizen makes up their mind.',
    input: z.object({ slot, person }),
    output: heldShape,
    badInput,
    run: async (given, context) => {
      const held = await holdSeat(desk, given, context);
      return held.ok ? done(heldOf(desk, held.value, context)) : held;
    },
  });
}

function held(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.held',
    summary: 'Says what is held for the citizen, while it is.',
    input: z.object({ hold: z.uuid().describe('Of appointments.hold, or of an offer.') }),
    output: heldShape,
    badInput,
    run: async ({ hold }, context) => {
      const found = await readHeld(hold, context);
      if (!found.ok) return found;
      const { status, held_until, cancelled_at } = found.value;
      if (cancelled_at !== null) return failed('appointments:session-cancelled', 'The session does not take place.');
      if (status !== 'held' || held_until === null || held_until < context.now)
        return failed('appointments:hold-lapsed', 'The seat was kept for some time, which is over.');
      return done(heldOf(desk, found.value, context));
    },
  });
}

function release(): Operation {
  return defineOperation({
    name: 'appointments.release',
    summary: 'Gives back what is held, at once; whoever was offered it from a line leaves the line.',
    input: z.object({ hold: z.uuid() }),
    output: z.object({ released: z.boolean().describe('False when nothing was held any more.') }),
    badInput,
    run: async ({ hold }, context) => {
      const found = await readHeld(hold, context);
      if (!found.ok) return found;
      const { id, contact_id: contactId, status } = found.value;
      if (status !== 'held') return done({ released: false });
      const key = { organizationId: context.subject.organizationId, contactId, id };
      await setStatus(context.tx, key, { status: 'lapsed', now: context.now });
      await freeSeat(context.tx, key);
      await leaveOffer(context.tx, key, context.now);
      return done({ released: true });
    },
  });
}

function heldOf(desk: Desk, { id, held_until, person, ...row }: AppointmentRow, { subject, now }: OperationContext) {
  const until = (held_until ?? now).toISOString();
  return { ...placeOf(desk, row, subject), hold: id, until, person, startsAt: row.starts_at.toISOString(), time: timesOf(row) };
}

function book(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.book',
    summary: 'Books a seat that is held, or any free one of a slot, and returns reference and secret.',
    input: z.object({ hold: z.uuid().nullish().describe('Of appointments.hold.'), slot: slot.nullish(), person }),
    output: appointmentShape,
    badInput,
    run: async ({ hold, slot, person }, context) => {
      if (!hold && !slot) return failed(badInput, 'appointments.book: hold or slot must be given');
      const held = hold ? await readHeld(hold, context) : await holdSeat(desk, { slot: slot ?? '', person }, context);
      if (!held.ok) return held;
      const confirmed = await confirm(desk, held.value, context);
      return confirmed.ok ? done(appointmentOf(desk, confirmed.value, context)) : confirmed;
    },
  });
}

async function holdSeat(
  desk: Desk,
  { slot: slotId, person: who }: { slot: string; person: Person },
  context: OperationContext,
): Promise<Outcome<AppointmentRow>> {
  const { tx, subject, now } = context;
  const key = { organizationId: subject.organizationId, contactId: subject.contactId, id: context.newId() };
  await lockHousehold(tx, key);
  const earlier = await readAppointment(tx, key);
  if (earlier !== undefined) return done(earlier);
  await endHolds(tx, { ...key, person: who.id, now });
  const slot = await openSlot(desk, { slotId, who }, context);
  if (!slot.ok) return slot;
  const refusal =
    (await refuseMore(desk, { person: who.id, id: key.id }, context)) ??
    (await refuseTwice(slot.value, { key, person: who.id }, context));
  if (refusal !== undefined) return refusal;
  if (slot.value.draw_at !== null && now < slot.value.draw_at)
    return failed('appointments:draw-open', 'The seats are drawn among those who put their names in.');
  if (await hasLine(tx, key.organizationId, slotId)) return failed('appointments:full', 'Others wait for a seat of the slot.');
  const heldUntil = later(now, desk.settings.holdMinutes * MINUTE);
  if (!(await claimSeat(tx, { ...key, slotId, heldUntil, now })))
    return failed('appointments:full', 'The slot has no free seat.');
  const { session_id: sessionId } = slot.value;
  const { language } = subject;
  await insertHeld(tx, { ...key, person: who.id, sessionId, slotId, channelId: channelOf(subject), language, heldUntil, now });
  const row = await readAppointment(tx, key);
  return row === undefined ? failed('appointments:full', 'The slot has no free seat.') : done(row);
}

/** A slot that this person may book now. */
export async function openSlot(
  desk: Desk,
  { slotId, who }: { slotId: string; who: Person },
  context: OperationContext,
): Promise<Outcome<SlotRow>> {
  const { tx, subject, now } = context;
  const slot = await readSlot(tx, subject.organizationId, slotId);
  if (slot === undefined || slot.published_at > now) return failed('appointments:unknown-slot', 'There is no such slot.');
  if (slot.cancelled_at !== null) return failed('appointments:session-cancelled', 'The session does not take place.');
  if (slot.ends_at <= now) return failed('appointments:slot-past', 'The slot is over.');
  if (slot.date > lastDate(desk, now)) return failed('appointments:too-early', 'The slot cannot be booked yet.');
  const known = await withDoses(desk, who, context);
  const refusal = refuse(known, slot) ?? refuseByDoses(known, slot);
  if (refusal !== undefined) return refusal;
  return isOfClass(known, slot.class) ? done(slot) : failed('appointments:not-allowed', 'The seats are for certain people only.');
}

/** One person has one place in a session. */
export async function refuseTwice(
  { session_id }: SlotRow,
  { key, person }: { key: AppointmentKey; person: string },
  { tx }: OperationContext,
): Promise<ReturnType<typeof failed> | undefined> {
  const { rowCount } = await tx.query(
    `select 1 from appointments where organization_id = $1 and contact_id = $2 and id <> $3 and person = $4 and session_id = $5
        and status in ('held', 'booked', 'checked_in')`,
    [key.organizationId, key.contactId, key.id, person, session_id],
  );
  return rowCount === 0 ? undefined : failed('appointments:already-booked', 'The person has a place in this session.');
}

async function readHeld(id: string, { tx, subject }: OperationContext): Promise<Outcome<AppointmentRow>> {
  const key = { organizationId: subject.organizationId, contactId: subject.contactId, id };
  await lockHousehold(tx, key);
  const row = await readAppointment(tx, key);
  return row === undefined ? failed('appointments:unknown-hold', 'Nothing is held under this id.') : done(row);
}

async function confirm(desk: Desk, row: AppointmentRow, context: OperationContext): Promise<Outcome<AppointmentRow>> {
  const { tx, subject, now, random } = context;
  if (row.status === 'booked') return done(row);
  const key = { organizationId: subject.organizationId, contactId: row.contact_id, id: row.id };
  if (row.cancelled_at !== null) return failed('appointments:session-cancelled', 'The session does not take place.');
  const { id, person } = row;
  const refusal = await refuseMore(desk, { person, id }, context);
  if (refusal !== undefined) return refusal;
  if (row.status !== 'held' || !(await keepSeat(tx, key, now)))
    return failed('appointments:hold-lapsed', 'The seat was kept for some time, which is over.');
  const reference = await reserveReference(tx, key, random);
  const secret = newSecret();
  await confirmHeld(tx, key, { reference, secret, remindAt: reminderMoments(desk, row.starts_at, now), now });
  await endWaits(tx, key, { person, sessionId: row.session_id, now });
  return done({ ...row, status: 'booked', reference, secret, held_until: null });
}
