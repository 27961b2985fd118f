/** What a citizen may do with own appointments: look at them, move them, cancel them. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { openSlot, refuseTwice } from './book.ts';
import { appointmentOf, appointmentShape, badInput, changeUntil, type Desk, typedReference } from './desk.ts';
import { person } from './eligibility.ts';
import {
  type AppointmentKey,
  type AppointmentRow,
  findByReference,
  listAttended,
  listToCome,
  lockHousehold,
  moveTo,
  setComing,
  setStatus,
} from './records.ts';
import { readReference } from './reference.ts';
import { reminderMoments } from './reminders.ts';
import { claimSeat, freeSeat, passSeat } from './seats.ts';
import { endWaits, hasLine } from './waits.ts';

const MOST_LISTED = 10;

/** Operations on a citizen's own appointments. */
export function ownOperations(desk: Desk): Operation[] {
  return [mine(desk), attended(desk), find(desk), coming(desk), reschedule(desk), cancel(desk)];
}

function mine(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.mine',
    summary: "Lists the citizen's appointments to come, the next one first.",
    input: z.object({}),
    output: z.array(appointmentShape),
    badInput,
    run: async (_given, context) => {
      const { tx, subject, now } = context;
      const { organizationId, contactId } = subject;
      const rows = await listToCome(tx, { organizationId, contactId, now, limit: MOST_LISTED });
      return done(rows.map((row) => appointmentOf(desk, row, context)));
    },
  });
}

function attended(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.attended',
    summary: 'Lists the appointments to which the citizen, or one of their people, came, the latest first.',
    input: z.object({}),
    output: z.array(appointmentShape),
    badInput,
    run: async (_given, context) => {
      const { organizationId, contactId } = context.subject;
      const rows = await listAttended(context.tx, { organizationId, contactId, limit: MOST_LISTED });
      return done(rows.map((row) => appointmentOf(desk, row, context)));
    },
  });
}

function find(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.find',
    summary: 'Finds an own appointment by its reference.',
    input: z.object({ reference: typedReference }),
    output: appointmentShape,
    badInput,
    run: async ({ reference }, context) => {
      const found = await findOwn(reference, context);
      return found.ok ? done(appointmentOf(desk, found.value.row, context)) : found;
    },
  });
}

function coming(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.coming',
    summary: 'Notes that the citizen will come to an own appointment.',
    input: z.object({ reference: typedReference }),
    output: appointmentShape,
    badInput,
    run: async ({ reference }, context) => {
      const found = await findOwn(reference, context);
      if (!found.ok) return found;
      const { row, key } = found.value;
      if (row.status !== 'booked' || row.ends_at <= context.now)
        return failed('appointments:not-booked', 'The appointment is over or cancelled.');
      await setComing(context.tx, key, context.now);
      return done(appointmentOf(desk, { ...row, coming_at: context.now }, context));
    },
  });
}

function reschedule(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.reschedule',
    summary:
      'Moves an own appointment to another slot; reference and secret stay, and the old seat is only given back for a new one.',
    input: z.object({ reference: typedReference, slot: z.uuid(), person }),
    output: appointmentShape,
    badInput,
    run: async ({ reference, slot: slotId, person: facts }, context) => {
      const found = await findOwn(reference, context);
      if (!found.ok) return found;
      const { row, key } = found.value;
      if (row.status === 'booked' && row.slot_id === slotId) return done(appointmentOf(desk, row, context));
      const moved = refuseChange(desk, row, context.now) ?? (await move(desk, { row, key, slotId, facts }, context));
      return moved.ok ? done(appointmentOf(desk, moved.value, context)) : moved;
    },
  });
}

function cancel(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.cancel',
    summary: 'Cancels an own appointment; its seat is free at once.',
    input: z.object({ reference: typedReference }),
    output: appointmentShape,
    badInput,
    run: async ({ reference }, context) => {
      const found = await findOwn(reference, context);
      if (!found.ok) return found;
      const { row, key } = found.value;
      if (row.status !== 'cancelled') {
        const refusal = refuseChange(desk, row, context.now);
        if (refusal !== undefined) return refusal;
        await setStatus(context.tx, key, { status: 'cancelled', now: context.now });
        await freeSeat(context.tx, key);
      }
      return done(appointmentOf(desk, { ...row, status: 'cancelled' }, context));
    },
  });
}

async function move(
  desk: Desk,
  { row, key, slotId, facts }: { row: AppointmentRow; key: AppointmentKey; slotId: string; facts: z.output<typeof person> },
  context: OperationContext,
): Promise<Outcome<AppointmentRow>> {
  const { tx, now } = context;
  const slot = await openSlot(desk, { slotId, who: { ...facts, id: row.person } }, context);
  if (!slot.ok) return slot;
  const twice = await refuseTwice(slot.value, { key, person: row.person }, context);
  if (twice !== undefined) return twice;
  if (slot.value.draw_at !== null && now < slot.value.draw_at)
    return failed('appointments:draw-open', 'The seats are drawn among those who put their names in.');
  if (await hasLine(tx, key.organizationId, slotId)) return failed('appointments:full', 'Others wait for a seat of the slot.');
  // Under an id of its own: the old seat is only given back for a new one.
  const id = context.newId();
  const claim = { ...key, id, slotId, heldUntil: null, now };
  if (!(await claimSeat(tx, claim))) return failed('appointments:full', 'The slot has no free seat.');
  await freeSeat(tx, key);
  await moveTo(tx, key, { slot: slot.value, remindAt: reminderMoments(desk, slot.value.starts_at, now), now });
  await passSeat(tx, key, id);
  await endWaits(tx, key, { person: row.person, sessionId: slot.value.session_id, now });
  return done({ ...row, ...slot.value, coming_at: null });
}

/** Finds the subject's own appointment and locks it. Fails for a slip, for an unknown reference and for somebody else's alike. */
async function findOwn(
  typed: string,
  { tx, subject }: OperationContext,
): Promise<Outcome<{ row: AppointmentRow; key: AppointmentKey }>> {
  const reference = readReference(typed);
  if (reference === undefined) return failed('appointments:bad-reference', 'The digits do not make a reference.');
  const { organizationId, contactId } = subject;
  await lockHousehold(tx, { organizationId, contactId });
  const row = await findByReference(tx, organizationId, reference);
  if (row === undefined || row.contact_id !== contactId)
    return failed('appointments:not-found', 'The citizen has no appointment with this reference.');
  return done({ row, key: { organizationId, contactId, id: row.id } });
}

function refuseChange(desk: Desk, row: AppointmentRow, now: Date): ReturnType<typeof failed> | undefined {
  if (row.status !== 'booked') return failed('appointments:not-booked', 'The appointment is over or cancelled.');
  if (now > changeUntil(desk, row)) return failed('appointments:change-late', 'It is too late to move or cancel it.');
  return undefined;
}
