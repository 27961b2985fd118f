/** Standing in the line before a full slot. */
import type { CallSubject } from '@hazir/core';
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { channelOf } from '../channel-of.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import { openSlot, refuseTwice } from './book.ts';
import { badInput, type Desk, placeOf, placeShape, timesOf } from './desk.ts';
import { openDraw } from './draws.ts';
import { person } from './eligibility.ts';
import { lockHousehold, readSlot } from './records.ts';
import { endHolds } from './seats.ts';
import { findWait, joinLine, leaveLine, listOffered, listWaits, type Wait } from './waits.ts';

const waitShape = placeShape.extend({
  slot: z.string(),
  time: z.string(),
  position: z.number().int().describe('1 for the head of the line; before a draw it says nothing.'),
  draw: z
    .object({ at: z.iso.datetime(), lot: z.number().int(), commitment: z.string(), seed: z.string().nullable() })
    .nullable()
    .describe('Where the seats are drawn: when, the own lot, the hash of the seed, and after the draw the seed.'),
});

/** Operations of the line. */
export function waitOperations(desk: Desk): Operation[] {
  return [wait(desk), waiting(desk), offered(), stopWaiting()];
}

function wait(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.wait',
    summary: 'Puts a person at the end of the line before a full slot; who stands there already keeps their place.',
    input: z.object({ slot: z.uuid(), person }),
    output: waitShape,
    badInput,
    run: async ({ slot: slotId, person: who }, context) => {
      const { tx, subject, now } = context;
      const key = { ...householdOf(subject), id: context.newId() };
      await lockHousehold(tx, key);
      const slot = await openSlot(desk, { slotId, who }, context);
      if (!slot.ok) return slot;
      const about = { slotId, person: who.id };
      if ((await findWait(tx, key, about)) === undefined) {
        await endHolds(tx, { ...key, person: who.id, now });
        const refusal = await refuseTwice(slot.value, { key, person: who.id }, context);
        if (refusal !== undefined) return refusal;
        const { language } = subject;
        const { offerMinutes } = desk.settings;
        await joinLine(tx, key, { slot: slot.value, person: who.id, channelId: channelOf(subject), language, now, offerMinutes });
      }
      const found = await findWait(tx, key, about);
      return found === undefined
        ? failed('appointments:not-waiting', 'The person stands in no line here.')
        : show(desk, found, context);
    },
  });
}

function waiting(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.waiting',
    summary: 'Lists the lines in which the citizen stands.',
    input: z.object({}),
    output: z.array(waitShape),
    badInput,
    run: async (_given, context) => {
      const waits = await listWaits(context.tx, householdOf(context.subject), context.now);
      const shown = [];
      for (const each of waits) {
        const one = await show(desk, each, context);
        if (one.ok) shown.push(one.value);
      }
      return done(shown);
    },
  });
}

function offered(): Operation {
  return defineOperation({
    name: 'appointments.offered',
    summary: 'Lists what is held for the citizen because it was offered, what lapses first before the rest.',
    input: z.object({}),
    output: z.array(z.object({ hold: z.string() })),
    badInput,
    run: async (_given, { tx, subject, now }) =>
      done((await listOffered(tx, householdOf(subject), now)).map((hold) => ({ hold }))),
  });
}

function stopWaiting(): Operation {
  return defineOperation({
    name: 'appointments.stopWaiting',
    summary: 'Takes a person out of a line; what was offered to them is offered to the next one.',
    input: z.object({ slot: z.uuid(), person }),
    output: z.object({ slot: z.string() }),
    badInput,
    run: async ({ slot: slotId, person: who }, { tx, subject, now }) => {
      const key = householdOf(subject);
      await lockHousehold(tx, key);
      if (!(await leaveLine(tx, key, { slotId, person: who.id, now })))
        return failed('appointments:not-waiting', 'The person stands in no line here.');
      await endHolds(tx, { ...key, person: who.id, now });
      return done({ slot: slotId });
    },
  });
}

async function show(desk: Desk, { slot_id, before, number, lot }: Wait, { tx, subject }: OperationContext) {
  const slot = await readSlot(tx, subject.organizationId, slot_id);
  if (slot === undefined) return failed('appointments:unknown-slot', 'There is no such slot.');
  const draw = await openDraw(tx, { organizationId: subject.organizationId, slotId: slot_id }, slot.draw_at);
  return done({
    ...placeOf(desk, slot, subject),
    ...{ slot: slot_id, time: timesOf(slot), position: before + 1 },
    draw: draw ? { at: draw.at.toISOString(), lot: lot ?? number, commitment: draw.commitment, seed: draw.seed } : null,
  });
}

function householdOf({ organizationId, contactId }: CallSubject) {
  return { organizationId, contactId };
}
